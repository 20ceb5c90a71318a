import { evaluationSchema } from '../../../shared/evaluation.js';
import { comparedFigures, compareEvaluations, type Change, type Comparison } from '../../engine/evaluate/compare.js';
import { readJsonFile } from '../../engine/project/files.js';
import { openProject } from '../../engine/project/project.js';
import type { CliCommand } from '../command.js';
import { figure } from '../evaluation-text.js';
import { plural } from '../text.js';
import { textTable, type Column } from '../table.js';

/** Images named at each end of the list; --json has all of them. */
const NAMED = 5;

/** `comask compare PROJECT BEFORE AFTER`: two evaluations, figure by figure and image by image. */
export const compareCommand: CliCommand = {
  register(program, run) {
    program
      .command('compare')
      .argument('<project>', 'project folder')
      .argument('<before>', 'name of an evaluation')
      .argument('<after>', 'name of another')
      .summary('compare two evaluations: which classes and images became better or worse')
      .description(
        'Compares two evaluations that `comask evaluate` has saved, over all images and image by image. With --json every ' +
          'image is listed with the IoU of its classes in both, what became worst first.',
      )
      .action(
        run((_context, folder: string, before: string, after: string) => {
          const project = openProject(folder);
          try {
            const [was, is] = [before, after].map((name) =>
              readJsonFile(project.paths.evaluation(name), evaluationSchema),
            );
            const comparison = compareEvaluations(was, is);
            return { data: comparison, text: textOf(comparison) };
          } finally {
            project.close();
          }
        }),
      );
  },
};

const signed = (change: number | null): string =>
  change === null ? '-' : `${change < 0 ? '-' : '+'}${Math.abs(change).toFixed(3)}`;

const cells = ({ before, after, change }: Change): string[] => [figure(before), figure(after), signed(change)];

function textOf(comparison: Comparison): string {
  const { figures, classes, images, better, worse, same, onlyBefore, onlyAfter } = comparison;
  const columns: Column[] = [
    { title: '', align: 'left' },
    ...['before', 'after', 'change'].map((title): Column => ({ title, align: 'right' })),
  ];
  const occurring = classes.filter(({ before, after }) => before !== null || after !== null);
  const rows = [
    ...comparedFigures.map((name) => [name, ...cells(figures[name])]),
    ...occurring.map((one) => [one.name, ...cells(one)]),
  ];
  const named = (title: string, list: typeof images): string[] =>
    list.length > 0 ? [title, ...list.map(({ id, ...change }) => `  ${signed(change.change)}  ${id}`)] : [];
  const changed = images.filter(({ change }) => change !== null && change !== 0);
  return [
    ...textTable(columns, rows),
    '',
    `${plural(better, 'image')} better, ${worse} worse, ${same} the same`,
    ...(onlyBefore + onlyAfter > 0 ? [`${onlyBefore} only in the first, ${onlyAfter} only in the second`] : []),
    ...named('became worse most:', changed.filter(({ change }) => change! < 0).slice(0, NAMED)),
    ...named('became better most:', changed.filter(({ change }) => change! > 0).slice(-NAMED).reverse()),
  ].join('\n'); // prettier-ignore
}
