import { Option } from 'commander';
import { StudioError } from '../../../shared/errors.js';
import { exportSettings } from '../../../shared/settings/index.js';
import { exportFormats, photoModes, type PhotoMode } from '../../engine/project/export/index.js';
import { NOTES } from '../../engine/project/export/folder.js';
import { openProject } from '../../engine/project/project.js';
import { exportMasks, type ExportRequest } from '../../engine/services/export.js';
import type { ExportReport } from '../../engine/services/export-job.js';
import type { CliCommand } from '../command.js';
import { failureLines } from '../failure-text.js';
import { plural } from '../text.js';

interface ExportOptions {
  masks?: string;
  predictions?: string;
  format: string;
  to: string;
  split?: string;
  onlyLabelled?: boolean;
  corrected: boolean;
  photos?: PhotoMode;
  overwrite?: boolean;
  set: string[];
}

const details = `
Formats:
${exportFormats.map(({ name, summary, photos }) => `  ${name.padEnd(12)} ${summary}${photos === 'none' ? '' : ' (photos: copied)'}`).join('\n')}

A mask made by hand (masks/corrected) stands in the place of the set's; --no-corrected takes the set as it is. Images
that are done are kept unless their mask has changed, so the same command goes on where it was stopped. Notes for that
are in ${NOTES} of the folder; without it, nothing can be added to the export, and it is complete for other programs.

Examples:
  comask export birds --masks fused --format voc --to ./birds-voc
  comask export birds --masks fused --format coco --to ./birds-coco --split train --set coco.segmentation=polygon
  comask export birds --predictions second --format voc-server --to ./results --split test`;

function describe({ folder, format, written, kept, corrected, withoutMask, failures }: ExportReport): string {
  return [
    `${plural(written, 'mask')} exported as ${format} to ${folder}${kept > 0 ? `, ${kept} kept from before` : ''}`,
    ...(corrected > 0 ? [`${plural(corrected, 'mask')} of these made by hand`] : []),
    ...(withoutMask > 0 ? [`${plural(withoutMask, 'image')} without a mask: left out`] : []),
    ...failureLines(failures),
  ].join('\n');
}

/** The one set that is to be exported. */
function subjectOf(masks: string | undefined, predictions: string | undefined): Pick<ExportRequest, 'masks' | 'of'> {
  if (masks !== undefined && predictions === undefined) return { masks };
  if (predictions !== undefined && masks === undefined) return { masks: predictions, of: 'predictions' };
  throw new StudioError({
    code: 'usage',
    message: masks === undefined ? 'nothing to export was named' : 'only one set can be exported at a time',
    remedy: 'Name one with --masks or --predictions.',
  });
}

/** `comask export PROJECT --masks NAME --format F --to DIR`: masks for other programs. */
export const exportCommand: CliCommand = {
  register(program, run) {
    program
      .command('export')
      .argument('<project>', 'project folder')
      .summary('write masks in the formats of other programs')
      .option('--masks <name>', 'mask set to export; "corrected" for those made by hand alone')
      .option('--predictions <name>', 'label maps of a segmenter to export instead')
      .addOption(
        new Option('--format <format>', 'layout to write')
          .choices(exportFormats.map(({ name }) => name))
          .makeOptionMandatory(),
      )
      .requiredOption('--to <dir>', 'folder to write to: new, empty, or an earlier export')
      .option('--split <name>', 'only images of this split')
      .option('--only-labelled', 'only images with image-level labels')
      .option('--no-corrected', 'leave masks made by hand aside')
      .addOption(new Option('--photos <mode>', 'what becomes of photos (default: as listed below)').choices(photoModes))
      .option(
        '--set <key=value>',
        'any setting of `comask settings export`, e.g. instances=class; may be repeated',
        (pair: string, before: string[]) => [...before, pair],
        [] as string[],
      )
      .option('--overwrite', 'remove an earlier export in the folder first')
      .addHelpText('after', details)
      .action(
        run(async ({ signal, onProgress }, folder: string, options: ExportOptions) => {
          const { set, onlyLabelled = false, overwrite = false, masks, predictions, ...request } = options;
          const settings = exportSettings.resolve(exportSettings.parseOverrides(set));
          const project = openProject(folder);
          try {
            const asked = { ...request, ...subjectOf(masks, predictions), labelled: onlyLabelled, overwrite };
            const report = await exportMasks(project, asked, settings, onProgress, signal);
            const nothing = report.written + report.kept === 0;
            return { data: report, text: describe(report), exitCode: nothing ? 1 : 0 };
          } finally {
            project.close();
          }
        }),
      );
  },
};
