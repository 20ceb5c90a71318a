import { saliencySettings, saliencySources } from '../../../shared/settings/saliency.js';
import { openProject } from '../../engine/project/project.js';
import { makeSaliency, type SaliencyReport } from '../../engine/services/saliency.js';
import { typedSaliency } from '../../engine/services/saliency-settings.js';
import type { CliCommand } from '../command.js';
import { addDomainOption, domainOf, type DomainOption } from '../domain-option.js';
import { failureLines } from '../failure-text.js';
import { plural } from '../text.js';

interface Options extends DomainOption {
  saliency: string;
  source?: string;
  path?: string;
  set: string[];
  split?: string;
  overwrite?: boolean;
}

function describe({ name, source, made, kept, failures }: SaliencyReport): string {
  return [
    `${plural(made, 'saliency map')} written to saliency/${name} (${source})${kept > 0 ? `, ${kept} kept from before` : ''}`,
    ...failureLines(failures),
    ...(kept > 0 ? ['--overwrite makes them anew'] : []),
  ].join('\n');
}

/** `comask saliency PROJECT --saliency NAME --source S`: 8-bit saliency maps of a project's photos. */
export const saliencyCommand: CliCommand = {
  register(program, run) {
    const command = program
      .command('saliency')
      .argument('<project>', 'project folder')
      .requiredOption('--saliency <name>', 'name of the set of maps: saliency/<name>/{id}.png')
      .option('--source <source>', `where maps come from: ${saliencySources.join(', ')} (default: builtin)`)
      .option('--path <path>', 'model file or name of `comask weights list` (onnx), or folder of maps (folder)')
      .option(
        '--set <key=value>',
        'any setting of `comask settings saliency`, e.g. mirror=on; may be repeated',
        (pair: string, before: string[]) => [...before, pair],
        [] as string[],
      )
      .option('--split <name>', 'only images of this split')
      .option('--overwrite', 'make maps anew that are there')
      .summary('make saliency maps, the background cues of pseudo-masks')
      .description(
        'Makes one saliency map a photo: 0 where nothing stands out, 255 where something does.\n\n' +
          '  builtin  robust background detection (Zhu et al., CVPR 2014); needs nothing else\n' +
          '  onnx     a network of the U-2-Net family, given as --path MODEL.onnx\n' +
          '  folder   maps made elsewhere, taken from --path DIR/{id}.png\n\n' +
          'Maps that are there are kept, so a stopped command goes on where it was.',
      );
    addDomainOption(command).action(
      run(async ({ signal, onProgress }, folder: string, options: Options) => {
        const { saliency: name, source, path, set, split, overwrite } = options;
        const domain = domainOf(options.domain);
        const settings = typedSaliency({
          ...saliencySettings.parseOverrides(set),
          ...(source === undefined ? {} : { source }),
          ...(path === undefined ? {} : { path }),
        });
        const project = openProject(folder);
        try {
          const report = await makeSaliency(project, { name, settings, split, domain, overwrite }, onProgress, signal);
          const exitCode = report.made + report.kept === 0 ? 1 : 0;
          return { data: report, text: describe(report), exitCode };
        } finally {
          project.close();
        }
      }),
    );
  },
};
