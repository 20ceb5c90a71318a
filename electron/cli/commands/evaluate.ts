import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { CliCommand } from '../command.js';
import { StudioError } from '../../../shared/errors.js';
import { evaluationKinds, type EvaluationKind } from '../../../shared/evaluation.js';
import type { TruthConventionName } from '../../../shared/project.js';
import { writeFileAtomic } from '../../engine/project/files.js';
import { openProject } from '../../engine/project/project.js';
import { evaluateSet } from '../../engine/services/evaluation.js';
import { evaluationTables } from '../../engine/services/evaluation-csv.js';
import { evaluationReport } from '../../engine/services/evaluation-report.js';
import { addDomainOption, domainOf, type DomainOption } from '../domain-option.js';
import { evaluationText } from '../evaluation-text.js';
import { truthConventionOption } from '../truth-convention.js';

interface EvaluateOptions extends DomainOption {
  masks?: string;
  corrected?: boolean;
  predictions?: string;
  maps?: string;
  saliency?: string;
  groundTruth?: string;
  against?: string;
  truthConvention?: TruthConventionName;
  split?: string;
  name?: string;
  report?: string;
  csv?: string;
  reportImages: number;
}

/** The one set that is to be measured. */
function subjectOf(options: EvaluateOptions): { kind: EvaluationKind; set: string } {
  const given = evaluationKinds.flatMap((kind) => (options[kind] === undefined ? [] : [{ kind, set: options[kind] }]));
  if (given.length === 1) return given[0];
  throw new StudioError({
    code: 'usage',
    message: given.length === 0 ? 'nothing to measure was named' : 'only one set can be measured at a time',
    remedy: 'Name one with --masks, --predictions, --maps or --saliency.',
  });
}

function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a number of images, e.g. 60.');
}

/** `comask evaluate PROJECT --masks NAME | --predictions NAME | --maps NAME | --saliency NAME`: figures against ground truth. */
export const evaluateCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('evaluate')
      .argument('<project>', 'project folder')
      .summary('measure masks, predictions, maps or saliency against ground truth')
      .description(
        'Compares a set with ground truth: confusion matrix, IoU, precision and recall of every class, their means, ' +
          'pixel accuracy, and boundary IoU (Cheng et al., CVPR 2021). Pixels with 255 in the ground truth are left out. ' +
          'Pixels with 255 in a mask count as background for mIoU and are left out for mIoULabelled. Maps and saliency ' +
          'maps are measured at the background threshold that suits the whole set best. The figures are saved as ' +
          'evaluations/<name>.json.',
      )
      .option('--masks <name>', 'mask set to measure, or "corrected"')
      .option('--corrected', "with --masks: those made by hand in the place of the set's where there are some")
      .option('--predictions <name>', 'label maps of a segmenter to measure')
      .option('--maps <name>', 'localization maps to measure')
      .option('--saliency <name>', 'saliency maps to measure, as object against background')
      .option('--ground-truth <dir>', 'folder of label maps {id}.png, instead of those of the dataset')
      .addOption(truthConventionOption('what the pixel values in that folder mean'))
      .addOption(
        new Option(
          '--against <masks>',
          'measure agreement with this mask set, or with predictions/NAME, in the place of ground truth',
        ).conflicts(['groundTruth', 'truthConvention']),
      )
      .option('--split <name>', 'only images of this split')
      .option('--name <name>', 'name of the evaluation (default: kind, set and split)')
      .option('--report <file.html>', 'write a report with pictures, worst images first, in one file')
      .option('--csv <folder>', 'write the figures of classes and images and the confusions as tables')
      .option('--report-images <n>', 'images in the report', count, 60);
    addDomainOption(command).action(
      run(async ({ signal, onProgress }, folder: string, options: EvaluateOptions) => {
        const {
          split,
          name,
          groundTruth,
          corrected,
          against,
          truthConvention: convention,
          report,
          reportImages,
        } = options;
        const domain = domainOf(options.domain);
        const request = { ...subjectOf(options), split, domain, name, groundTruth, corrected, against, convention };
        const project = openProject(folder);
        try {
          const evaluation = await evaluateSet(project, request, onProgress, signal);
          const html = report === undefined ? null : resolve(report);
          if (html !== null) {
            const page = await evaluationReport(project, request, evaluation, {
              images: reportImages,
              onProgress,
              signal,
            });
            await writeFileAtomic(html, page);
          }
          if (options.csv !== undefined) {
            for (const [file, table] of Object.entries(evaluationTables(evaluation)))
              await writeFileAtomic(join(resolve(options.csv), file), table);
          }
          const saved = project.paths.evaluation(evaluation.name);
          return {
            data: html === null ? evaluation : { ...evaluation, report: html },
            text: evaluationText(evaluation, { saved, report: html }),
            exitCode: evaluation.evaluated === 0 ? 1 : 0,
          };
        } finally {
          project.close();
        }
      }),
    );
  },
};
