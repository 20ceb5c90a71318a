import { Option, type Command } from 'commander';
import { mapSourceNames } from '../../../shared/project.js';
import { openProject, type Project } from '../../engine/project/project.js';
import type { ImportSetResult } from '../../engine/services/imports/import-set.js';
import { importMaps, type ImportMapsRequest } from '../../engine/services/imports/maps.js';
import { importMasks, type ImportMasksRequest } from '../../engine/services/imports/masks.js';
import { mapSources } from '../../engine/services/imports/registry.js';
import type { CliCommand, CommandResult } from '../command.js';
import { failureLines } from '../failure-text.js';
import { plural } from '../text.js';
import { conventionLines, truthConventionOption } from '../truth-convention.js';

const kinds = mapSourceNames.map((name) => `  ${name.padEnd(4)} ${mapSources[name].means}`).join('\n');

/** Options that every import has. */
const foreign = (command: Command): Command =>
  command
    .argument('<project>', 'project folder')
    .requiredOption('--from <dir>', 'folder of the files; {id} is the whole id of an image or its last part')
    .option('--split <name>', 'only images of this split')
    .option('--overwrite', 'take files anew that are there');

async function withProject(
  folder: string,
  work: (project: Project) => Promise<ImportSetResult>,
): Promise<CommandResult> {
  const project = openProject(folder);
  try {
    const result = await work(project);
    const { imported, kept, folder: into, failures } = result;
    const text = [
      `${plural(imported, 'image')} imported into ${into}${kept > 0 ? `, ${kept} kept from before` : ''}`,
      ...failureLines(failures),
    ];
    return { data: result, text: text.join('\n'), exitCode: imported + kept === 0 ? 1 : 0 };
  } finally {
    project.close();
  }
}

/** `comask import maps | masks PROJECT`: results of other programs as sets of the project. */
export const importCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('import')
      .summary('take maps or masks that another program made')
      .description(
        'Takes results of other programs as a set of the project, to be fused, measured and compared like its own. Files ' +
          'that are there are kept, so a stopped import goes on where it was. Saliency maps are taken by `comask saliency ' +
          '--source folder`.',
      );
    foreign(command.command('maps').summary('localization maps: OAA, MCIS, PSA, IRN, CLIP-ES'))
      .requiredOption('--maps <name>', 'name of the maps to make')
      .addOption(new Option('--kind <kind>', 'how they are kept').choices(mapSourceNames).makeOptionMandatory())
      .addHelpText('after', `\nKinds:\n${kinds}\n\nMaps of another size are resampled to the photo's.`)
      .action(
        run(({ signal, onProgress }, folder: string, options: ImportMapsRequest) =>
          withProject(folder, (project) => importMaps(project, options, onProgress, signal)),
        ),
      );
    foreign(command.command('masks').summary('masks {id}.png: indexed, grey, or coloured'))
      .requiredOption('--masks <name>', 'name of the mask set to make')
      .addOption(truthConventionOption('what the pixel values mean'))
      .addHelpText('after', `\nConventions:\n${conventionLines}`)
      .action(
        run(
          ({ signal, onProgress }, folder: string, options: ImportMasksRequest & { truthConvention?: ImportMasksRequest['convention'] }) => // prettier-ignore
          withProject(folder, (project) => importMasks(project, { ...options, convention: options.truthConvention }, onProgress, signal)), // prettier-ignore
        ),
      );
  },
};
