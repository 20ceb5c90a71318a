import type { CliCommand } from '../command.js';
import { addDataset } from '../../engine/project/import/new-project.js';
import { addDatasetOptions, datasetRequest, importText, type DatasetOptions } from '../dataset-options.js';
import { sourceDomain } from '../domain-option.js';

const details = `
Adds photos of another source to a project: single-label photos of another dataset, or web photos, in which the folder's
name is the label that was searched for. Its labels must be classes of the project. Photos stay where they are. Run
again, it adds what is new.

Training learns from all of them (comask train), maps and masks are made of the target only. "comask labels audit" finds
the labels that are probably wrong.

Examples:
  comask add birds --dataset ./caltech --domain single
  comask add birds --dataset ./web-photos --domain web`;

/** `comask add PROJECT --dataset DIR --domain single|web`: one more dataset of a project. */
export const addCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('add')
      .argument('<project>', 'folder of the project')
      .summary('add single-label or web photos to a project');
    addDatasetOptions(command)
      .addOption(sourceDomain({ mandatory: true }))
      .addHelpText('after', details)
      .action(
        run(async ({ signal, onProgress }, folder: string, options: DatasetOptions) => {
          const result = await addDataset(datasetRequest(folder, options), signal, onProgress);
          return { data: result, text: importText(result) };
        }),
      );
  },
};
