import { projectInfo, type ProjectInfo } from '../../engine/project/info.js';
import { openProject } from '../../engine/project/project.js';
import type { CliCommand } from '../command.js';
import { failureLines } from '../failure-text.js';

/** `comask info PROJECT`: what a project holds. */
export const infoCommand: CliCommand = {
  register(program, run) {
    program
      .command('info')
      .argument('<project>', 'folder of the project')
      .summary('show what a project holds: images, labels, problems of the import, runs, maps, masks')
      .action(
        run((_context, folder: string) => {
          const project = openProject(folder);
          try {
            const info = projectInfo(project);
            return { data: info, text: textOf(info, project.paths.report) };
          } finally {
            project.close();
          }
        }),
      );
  },
};

const changes = ({ dropped, weighted }: ProjectInfo['labelChanges']): string[] =>
  dropped + weighted > 0 ? [`${dropped} labels dropped, ${weighted} count less (comask labels list)`] : [];

function textOf(info: ProjectInfo, report: string): string {
  const counts = (record: Record<string, number>): string =>
    Object.entries(record)
      .map(([key, count]) => `${key || 'no split'} ${count}`)
      .join(', ');
  const width = Math.max(...info.classes.map(({ name }) => name.length));
  const names = (label: string, list: readonly string[]): string[] =>
    list.length > 0 ? [`${label}: ${list.join(', ')}`] : [];
  return [
    `${info.name} (${info.root})`,
    ...info.datasets.map(({ root, format, domain }) => `dataset: ${root} (${format}, ${domain})`),
    `${info.images} images; by split: ${counts(info.splits)}; by domain: ${counts(info.domains)}`,
    `${info.withTruth} with ground truth, ${info.unlabelled} without labels`,
    ...changes(info.labelChanges),
    'images of each class:',
    ...info.classes.map(({ name, images }, index) => `  ${String(index).padStart(3)} ${name.padEnd(width)} ${images}`),
    ...names('runs', info.runs),
    ...names('maps', info.maps),
    ...names('saliency', info.saliency),
    ...names('masks', info.masks),
    ...names('predictions', info.predictions),
    ...names('evaluations', info.evaluations),
    ...failureLines(info.failures, report),
  ].join('\n');
}
