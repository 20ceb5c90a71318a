import path from 'node:path';
import { Option } from 'commander';
import { predictSettings, refiners } from '../../../../shared/settings/index.js';
import { runTask } from '../../../engine/jobs/runTask.js';
import type { SegmentPredictResult } from '../../../engine/jobs/tasks/segmentPredict.js';
import type { CliCommand } from '../../command.js';
import { addDomainOption, domainOf, type DomainOption } from '../../domain-option.js';
import { failureLines } from '../../failure-text.js';
import { addDeviceOption, addSettingOptions, settingsOf, type DeviceOption, type SettingOptions } from '../../settingOptions.js'; // prettier-ignore
import { plural } from '../../text.js';

interface SegmentPredictOptions extends SettingOptions, DeviceOption, DomainOption {
  run: string;
  predictions: string;
  asMasks?: boolean;
  weights?: 'best' | 'latest';
  refine?: string;
  split?: string;
  overwrite?: boolean;
}

function describe(project: string, { to, iteration, images, kept, failures }: SegmentPredictResult): string {
  const next =
    to.kind === 'masks'
      ? `comask segment train ${project} --run NAME --masks ${to.name}`
      : `comask evaluate ${project} --predictions ${to.name}`;
  return [
    `label maps of ${plural(images, 'photo')} written to ${to.kind}/${to.name}` +
      `${kept > 0 ? `, ${kept} kept from before` : ''}, with the weights after ${plural(iteration, 'step')}`,
    ...failureLines(failures),
    `next: ${next}`,
  ].join('\n');
}

/** `comask segment predict PROJECT --run NAME --predictions NAME`: label maps by a trained segmenter. */
export const segmentPredict: CliCommand = {
  register(segment, run) {
    const command = segment
      .command('predict')
      .argument('<project>', 'project folder')
      .summary('segment photos with a trained segmenter')
      .description(
        'Makes a label map of every photo: predictions/<name>/{id}.png, an indexed PNG with 0 for background and class + 1. ' +
          'Probabilities are averaged over sizes and mirror images of the photo, and a dense CRF moves borders to its edges. ' +
          'Those that are there are kept, so a stopped run goes on where it was.',
      )
      .requiredOption('--run <name>', 'trained segmenter to use')
      .requiredOption('--predictions <name>', 'name of the predictions to make')
      .option('--as-masks', 'make a mask set of that name instead, to correct or to train on again')
      .addOption(
        new Option('--weights <which>', 'weights to use (default: the best, where some were measured)').choices([
          'best',
          'latest',
        ]),
      )
      .addOption(new Option('--refine <name>', 'correct borders by the photo (default: crf:mcis)').choices(refiners))
      .option('--split <name>', 'only photos of this split')
      .option('--overwrite', 'make label maps anew that are there');
    addDeviceOption(addSettingOptions(addDomainOption(command), predictSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: SegmentPredictOptions) => {
        const result = await runTask(
          'segment-predict',
          {
            project: path.resolve(folder),
            run: options.run,
            weights: options.weights,
            to: { kind: options.asMasks ? 'masks' : 'predictions', name: options.predictions },
            split: options.split ?? null,
            domain: domainOf(options.domain),
            overwrite: options.overwrite ?? false,
            device: options.device,
          },
          settingsOf(predictSettings, options, { refine: options.refine }),
          { signal, onProgress },
        );
        const nothing = result.images + result.kept === 0;
        return { data: result, text: describe(folder, result), exitCode: nothing ? 1 : 0 };
      }),
    );
  },
};
