import path from 'node:path';
import { Option } from 'commander';
import type { CliCommand } from '../command.js';
import { backboneNames, trainSettings } from '../../../shared/settings/index.js';
import { planTraining } from '../../engine/jobs/run/plan.js';
import { runTask } from '../../engine/jobs/runTask.js';
import type { TrainResult } from '../../engine/jobs/tasks/train.js';
import { openProject } from '../../engine/project/project.js';
import {
  addDeviceOption,
  addSettingOptions,
  pairsOf,
  type DeviceOption,
  type SettingOptions,
} from '../settingOptions.js';
import { failureLines } from '../failure-text.js';
import { modeOf } from '../run-mode.js';
import { plural } from '../text.js';

interface TrainOptions extends SettingOptions, DeviceOption {
  run: string;
  backbone?: string;
  weights?: string;
  seed?: string;
  split?: string;
  wp?: string;
  resume?: boolean;
  overwrite?: boolean;
}

function describe(project: string, { run, images, epochs, finalLoss, failures }: TrainResult): string {
  const loss = finalLoss.total === undefined ? '' : `, last loss ${Number(finalLoss.total.toPrecision(4))}`;
  return [
    `run "${run}": ${plural(epochs, 'epoch')} over ${plural(images, 'image')}${loss}`,
    ...failureLines(failures),
    `next: comask localize ${project} --run ${run} --maps ${run}`,
  ].join('\n');
}

/** `comask train PROJECT --run NAME`: the co-attention classifier from image-level labels. */
export const trainCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('train')
      .argument('<project>', 'project folder')
      .summary('train the co-attention classifier on the labelled photos')
      .description(
        'Trains the classifier that localization maps come from, on pairs of photos that share a label. The run keeps ' +
          'its settings, a log line a step, and a checkpoint after every epoch and when it is stopped (runs/<name>/). ' +
          'A stopped run goes on with --resume and ends as if it had never stopped.',
      )
      .requiredOption('--run <name>', 'name of the run')
      .addOption(new Option('--backbone <name>', 'net that the features come from').choices(backboneNames))
      .option(
        '--weights <file>',
        "the backbone's first weights: .safetensors, .pth, Keras .h5, .onnx, the folder of a TensorFlow.js model, or a " +
          'name of `comask weights list`',
      )
      .option('--seed <n>', 'seed of every random choice')
      .option('--split <name>', 'only photos of this split, and those of other domains that belong to none')
      .addOption(
        new Option('--wp <n>', 'one affinity matrix for all pairs, or three by their domains').choices([
          'one',
          'three',
        ]),
      )
      .option('--resume', 'go on with the run where it stopped, with the settings it was started with')
      .option('--overwrite', 'start anew a run that is there');
    addDeviceOption(addSettingOptions(command, trainSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: TrainOptions) => {
        const { preset, weights, split, device, backbone, seed, wp } = options;
        const project = openProject(folder);
        const runFolder = project.paths.run(options.run);
        project.close();
        const mode = modeOf(options);
        const overrides = trainSettings.parseOverrides([
          ...options.set,
          ...pairsOf({ backbone, seed, 'head.matrices': wp }),
        ]);
        const { settings, ...plan } = planTraining(runFolder, { mode, preset, overrides, weights, split });
        const inputs = { project: path.resolve(folder), run: options.run, mode, device, ...plan };
        const result = await runTask('train', inputs, settings, { signal, onProgress });
        return { data: result, text: describe(folder, result) };
      }),
    );
  },
};
