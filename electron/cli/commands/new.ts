import { datasetFormats } from '../../engine/project/formats/index.js';
import { labelReaders } from '../../engine/project/formats/labels/index.js';
import { newProject } from '../../engine/project/import/new-project.js';
import type { CliCommand } from '../command.js';
import { addDatasetOptions, datasetRequest, importText, type DatasetOptions } from '../dataset-options.js';
import { sourceDomain } from '../domain-option.js';
import { conventionLines } from '../truth-convention.js';

interface NewOptions extends DatasetOptions {
  name?: string;
}

const details = `
Makes a project folder from a folder of photos with image-level labels. Photos stay where they are. Run again, it adds
what is new; with another --dataset, it adds that one, as "comask add" does.

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
  comask add birds --dataset ./web-photos --domain web`;

/** `comask new PROJECT --dataset DIR`: a project from a dataset, or one more dataset of a project. */
export const newCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('new')
      .argument('<project>', 'folder of the project, made unless it is there')
      .summary('make a project from a folder of labelled photos');
    addDatasetOptions(command)
      .addOption(sourceDomain({ mandatory: false }))
      .option('--name <name>', 'name of the project (default: that of its folder)')
      .addHelpText('after', details)
      .action(
        run(async ({ signal, onProgress }, folder: string, options: NewOptions) => {
          const request = { ...datasetRequest(folder, options), name: options.name };
          const result = await newProject(request, signal, onProgress);
          return { data: result, text: importText(result) };
        }),
      );
  },
};
