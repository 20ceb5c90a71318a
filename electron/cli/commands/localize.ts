import path from 'node:path';
import { Option } from 'commander';
import type { CliCommand } from '../command.js';
import { localizeSettings } from '../../../shared/settings/index.js';
import { runTask } from '../../engine/jobs/runTask.js';
import type { LocalizeResult } from '../../engine/jobs/tasks/localize.js';
import {
  addDeviceOption,
  addSettingOptions,
  settingsOf,
  type DeviceOption,
  type SettingOptions,
} from '../settingOptions.js';
import { addDomainOption, domainOf, type DomainOption } from '../domain-option.js';
import { addEpochOption, type EpochOption } from '../epoch-option.js';
import { failureLines } from '../failure-text.js';
import { plural } from '../text.js';

interface LocalizeOptions extends SettingOptions, DeviceOption, DomainOption, EpochOption {
  run: string;
  maps: string;
  mode?: string;
  split?: string;
  raw?: boolean;
  overwrite?: boolean;
}

function describe(project: string, { maps, epoch, images, kept, failures }: LocalizeResult): string {
  return [
    `maps of ${plural(images, 'photo')} written to maps/${maps}${kept > 0 ? `, ${kept} kept from before` : ''}` +
      (epoch > 0 ? `, with the weights after ${plural(epoch, 'epoch')}` : ''),
    ...failureLines(failures),
    `next: comask evaluate ${project} --maps ${maps}, or comask masks ${project} --maps ${maps} --masks NAME`,
  ].join('\n');
}

/** `comask localize PROJECT --run NAME --maps NAME`: localization maps of the labelled photos. */
export const localizeCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('localize')
      .argument('<project>', 'project folder')
      .summary('make localization maps with a trained run')
      .description(
        'Makes one map for every label of every labelled photo: maps/<name>/{id}_{class}.png, 8 bit, class counted from ' +
          '0. Single-round maps look at one photo alone; multi-round maps gather evidence from a set of reference photos ' +
          'that share the class. Maps that are there are kept, so a stopped run goes on where it was.',
      )
      .requiredOption('--run <name>', 'trained run to use')
      .requiredOption('--maps <name>', 'name of the maps to make')
      .addOption(
        new Option('--mode <mode>', 'single-round or multi-round (default: multi)').choices(['single', 'multi']),
      )
      .option('--split <name>', 'only photos of this split')
      .option('--raw', 'also write the raw maps as float .npy')
      .option('--overwrite', 'make maps anew that are there');
    addDeviceOption(addSettingOptions(addEpochOption(addDomainOption(command)), localizeSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: LocalizeOptions) => {
        const result = await runTask(
          'localize',
          {
            project: path.resolve(folder),
            run: options.run,
            maps: options.maps,
            epoch: options.epoch ?? null,
            split: options.split ?? null,
            domain: domainOf(options.domain),
            raw: options.raw ?? false,
            overwrite: options.overwrite ?? false,
            device: options.device,
          },
          settingsOf(localizeSettings, options, { mode: options.mode }),
          { signal, onProgress },
        );
        const nothing = result.images + result.kept === 0;
        return { data: result, text: describe(folder, result), exitCode: nothing ? 1 : 0 };
      }),
    );
  },
};
