import { Option } from 'commander';
import type { CliCommand } from '../command.js';
import { maskSettings, refiners } from '../../../shared/settings/index.js';
import type { MakeMasksResult } from '../../engine/masks/make.js';
import { openProject } from '../../engine/project/project.js';
import { makeMaskSet, type MaskSetRequest } from '../../engine/services/mask-set.js';
import { addDomainOption, domainOf, type DomainOption } from '../domain-option.js';
import { addSettingOptions, settingsOf, type SettingOptions } from '../settingOptions.js';
import { failureLines } from '../failure-text.js';
import { plural } from '../text.js';

type MasksOptions = Omit<MaskSetRequest, 'domain'> & DomainOption & SettingOptions & { refine?: string };

function describe(name: string, { written, kept, missingMaps, failures }: MakeMasksResult): string {
  return [
    `${plural(written, 'mask')} written to masks/${name}${kept > 0 ? `, ${kept} kept from before` : ''}`,
    ...(missingMaps > 0 ? [`${plural(missingMaps, 'label')} without a map: fused without`] : []),
    ...failureLines(failures),
    ...(kept > 0 ? ['--overwrite makes them anew'] : []),
  ].join('\n');
}

/** `comask masks PROJECT --masks NAME`: pseudo-masks from localization maps and saliency. */
export const masksCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('masks')
      .argument('<project>', 'project folder')
      .summary('fuse localization maps and saliency into pseudo-masks')
      .description(
        'Fuses the maps of `comask localize` and `comask saliency` into one label map an image: masks/<name>/{id}.png, ' +
          'an indexed PNG with 0 for background, class + 1, and 255 for ignore. Masks that are there are kept, so a ' +
          'stopped run goes on where it was. Masks made by hand (masks/corrected) are never touched.',
      )
      .requiredOption('--masks <name>', 'name of the mask set to make')
      .option('--maps <name>', 'localization maps to use')
      .option('--saliency <name>', 'saliency maps to use')
      .addOption(new Option('--refine <name>', 'correct borders by the photo (default: none)').choices(refiners))
      .option('--split <name>', 'only images of this split')
      .option('--overwrite', 'make masks anew that are there');
    addSettingOptions(addDomainOption(command), maskSettings).action(
      run(async ({ signal, onProgress }, folder: string, { preset, set, refine, domain, ...rest }: MasksOptions) => {
        const request = { ...rest, domain: domainOf(domain) };
        const settings = settingsOf(maskSettings, { preset, set }, { refine });
        const project = openProject(folder);
        try {
          const result = await makeMaskSet(project, request, settings, onProgress, signal);
          const nothing = result.written + result.kept === 0;
          return {
            data: { masks: request.masks, ...result },
            text: describe(request.masks, result),
            exitCode: nothing ? 1 : 0,
          };
        } finally {
          project.close();
        }
      }),
    );
  },
};
