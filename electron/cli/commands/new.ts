import { join } from 'node:path';
import { Option } from 'commander';
import { datasetFormats } from '../../engine/project/formats/index.js';
import { labelReaders } from '../../engine/project/formats/labels/index.js';
import { newProject, type NewProjectResult } from '../../engine/project/import/new-project.js';
import type { TruthConventionName } from '../../../shared/project.js';
import type { Domain } from '../../../shared/types.js';
import type { CliCommand } from '../command.js';
import { failureLines } from '../failure-text.js';
import { conventionLines, truthConventionOption } from '../truth-convention.js';

interface NewOptions {
  dataset: string;
  labels?: string;
  classes?: string;
  difficult: boolean;
  format: string;
  domain: string;
  truthConvention?: TruthConventionName;
  name?: string;
}

const details = `
Makes a project folder from a folder of photos with image-level labels. Photos stay where they are. Run again, it adds
what is new; with another --dataset, it adds that one (its labels must be classes of the project).

Formats:
${datasetFormats.map(({ name, looksFor }) => `  ${name.padEnd(8)} ${looksFor}`).join('\n')}

Label files:
${labelReaders.map(({ name }) => `  ${name}`).join('\n')}

Ground truth:
${conventionLines}

What cannot be used is listed here, by "comask info" and in import-report.csv of the project; the rest goes in.

Examples:
  comask new birds --dataset ./VOC2012
  comask new birds --dataset ./VOC2012 --labels cls_labels.npy
  comask new pets --dataset ./pets --format folders
  comask new mine --dataset ./photos --labels labels.csv --format plain
  comask new birds --dataset ./web-photos --domain web`;

/** `comask new PROJECT --dataset DIR`: a project from a dataset, or one more dataset of a project. */
export const newCommand: CliCommand = {
  register(program, run) {
    program
      .command('new')
      .argument('<project>', 'folder of the project, made unless it is there')
      .summary('make a project from a folder of labelled photos')
      .requiredOption('--dataset <dir>', 'folder of the photos')
      .option('--labels <file>', 'label file (.txt, .npy, .csv, .tsv or .json) that stands before those of the dataset')
      .option(
        '--classes <names>',
        'voc, coco, or a file with a name a line (default: from the dataset, or those of VOC)',
      )
      .option('--no-difficult', "leave out objects that VOC's annotations mark as difficult")
      .addOption(
        new Option('--format <format>', 'layout of the dataset')
          .choices(['auto', ...datasetFormats.map(({ name }) => name)])
          .default('auto'),
      )
      .addOption(
        new Option('--domain <domain>', 'where the photos come from')
          .choices(['target', 'single', 'single-label', 'web'])
          .default('target'),
      )
      .addOption(truthConventionOption('what the pixel values of its ground truth mean'))
      .option('--name <name>', 'name of the project (default: that of its folder)')
      .addHelpText('after', details)
      .action(
        run(async ({ signal, onProgress }, folder: string, options: NewOptions) => {
          const domain = (options.domain === 'single' ? 'single-label' : options.domain) as Domain;
          const result = await newProject(
            { ...options, convention: options.truthConvention, folder, domain },
            signal,
            onProgress,
          );
          return { data: result, text: textOf(result) };
        }),
      );
  },
};

function textOf({ root, name, created, classes, format, added, completed, known, failures }: NewProjectResult): string {
  const more = [completed > 0 ? `${completed} completed` : '', known > 0 ? `${known} already known` : ''].filter(
    Boolean,
  );
  return [
    `${created ? 'Made' : 'Added to'} project ${name} in ${root}`,
    `  ${added} images added${more.map((part) => `, ${part}`).join('')} (read as ${format}), ${classes.length} classes`,
    ...failureLines(failures, join(root, 'import-report.csv')),
  ].join('\n');
}
