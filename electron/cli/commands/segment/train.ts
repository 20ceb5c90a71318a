import path from 'node:path';
import { Option } from 'commander';
import { StudioError } from '../../../../shared/errors.js';
import { segmentSettings, segmenterNames } from '../../../../shared/settings/index.js';
import { planSegmentTraining } from '../../../engine/jobs/run/segment-plan.js';
import { runTask } from '../../../engine/jobs/runTask.js';
import type { SegmentTrainResult } from '../../../engine/jobs/tasks/segmentTrain.js';
import { openProject } from '../../../engine/project/project.js';
import type { CliCommand } from '../../command.js';
import { failureLines } from '../../failure-text.js';
import { modeOf } from '../../run-mode.js';
import {
  addDeviceOption,
  addSettingOptions,
  pairsOf,
  type DeviceOption,
  type SettingOptions,
} from '../../settingOptions.js';
import { plural } from '../../text.js';

interface SegmentTrainOptions extends SettingOptions, DeviceOption {
  run: string;
  masks?: string;
  predictions?: string;
  agreement?: string;
  segmenter?: string;
  weights?: string;
  seed?: string;
  split?: string;
  /** False by --no-validate. */
  validate?: string | false;
  resume?: boolean;
  overwrite?: boolean;
}

/** The set to learn from; none where the settings ask for masks made by hand alone. */
function sourceOf({ masks, predictions }: SegmentTrainOptions): { masks?: string; of?: 'predictions' } {
  if (masks !== undefined && predictions !== undefined) {
    throw new StudioError({
      code: 'usage',
      message: '--masks and --predictions exclude each other',
      remedy: 'Name the one set to learn from.',
    });
  }
  return predictions === undefined ? { masks } : { masks: predictions, of: 'predictions' };
}

function describe(
  project: string,
  { run, images, corrected, iterations, loss, best, failures }: SegmentTrainResult,
): string {
  const byHand = corrected > 0 ? ` (${corrected} by hand)` : '';
  return [
    `run "${run}": ${plural(iterations, 'step')} over ${plural(images, 'mask')}${byHand}` +
      (loss === null ? '' : `, last loss ${Number(loss.toPrecision(4))}`),
    ...(best ? [`best: mIoU ${best.mIoU.toFixed(4)} after ${plural(best.iteration, 'step')}`] : []),
    ...failureLines(failures),
    `next: comask segment predict ${project} --run ${run} --predictions ${run}`,
  ].join('\n');
}

/** `comask segment train PROJECT --run NAME --masks NAME`: a segmenter from masks. */
export const segmentTrain: CliCommand = {
  register(segment, run) {
    const command = segment
      .command('train')
      .argument('<project>', 'project folder')
      .summary('train DeepLab-LargeFOV on masks')
      .description(
        'Trains a segmenter on the masks of a set, a mask made by hand standing in the place of the set’s. Where a split ' +
          'has ground truth the weights are measured on it now and then, and the best are kept. A stopped run goes on with ' +
          '--resume and ends as if it had never stopped.',
      )
      .requiredOption('--run <name>', 'name of the run')
      .option('--masks <name>', 'mask set to learn from')
      .option('--predictions <name>', 'predictions of an earlier round to learn from instead')
      .option('--agreement <name>', 'another mask set; an image counts as much as the two agree, from 0 to 1')
      .addOption(new Option('--segmenter <name>', 'net to train').choices(segmenterNames))
      .option(
        '--weights <file>',
        "the backbone's first weights: a file of any kind that `comask weights` reads, or a name of `comask weights list`",
      )
      .option('--seed <n>', 'seed of every random choice')
      .option('--split <name>', 'only photos of this split, and those of other domains that belong to none')
      .option('--validate <split>', 'split to measure on (default: val, where it has ground truth)')
      .option('--no-validate', 'measure on none')
      .option('--resume', 'go on with the run where it stopped, with the settings it was started with')
      .option('--overwrite', 'start anew a run that is there');
    addDeviceOption(addSettingOptions(command, segmentSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: SegmentTrainOptions) => {
        const { preset, weights, split, device, segmenter, seed, agreement, validate } = options;
        const mode = modeOf(options);
        const overrides = segmentSettings.parseOverrides([...options.set, ...pairsOf({ segmenter, seed })]);
        const project = openProject(folder);
        const request = { run: options.run, mode, preset, overrides, ...sourceOf(options), agreement, weights, split };
        const asked = validate === false ? null : (validate as string | true | undefined);
        const plan = planSegmentTraining(project, { ...request, validate: asked === true ? undefined : asked });
        project.close();
        const { settings, ...planned } = plan;
        const inputs = { project: path.resolve(folder), run: options.run, mode, device, ...planned };
        const result = await runTask('segment-train', inputs, settings, { signal, onProgress });
        return { data: result, text: describe(folder, result) };
      }),
    );
  },
};
