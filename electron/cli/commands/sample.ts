import { resolve } from 'node:path';
import type { CliCommand, CommandContext, CommandResult } from '../command.js';
import { StudioError } from '../../../shared/errors.js';
import { sampleSettings, type SampleSettings } from '../../../shared/settings/index.js';
import { generateSample, type SampleSummary } from '../../engine/project/sample/generate.js';
import { fillSample } from '../../engine/services/sample/fill.js';
import { sampleProject } from '../../engine/services/sample/make.js';
import { readRecipe } from '../../engine/services/sample/recipe.js';

interface SampleOptions {
  seed?: string;
  images?: string;
  classes?: string;
  size?: string;
  set: string[];
  project?: boolean;
}

/** `320x240` as the pairs that `--set` would give. */
function sizePairs(size: string): string[] {
  const match = /^(\d+)x(\d+)$/i.exec(size.trim());
  if (!match) {
    throw new StudioError({
      code: 'usage',
      message: `"${size}" is not a size`,
      remedy: 'Write width and height in pixels, e.g. --size 160x120.',
    });
  }
  return [`width=${match[1]}`, `height=${match[2]}`];
}

function settingsOf({ size, set, project: _, ...numbers }: SampleOptions): SampleSettings {
  const pairs = Object.entries(numbers).map(([key, value]) => `${key}=${value}`);
  return sampleSettings.resolve(
    sampleSettings.parseOverrides([...set, ...pairs, ...(size === undefined ? [] : sizePairs(size))]),
  );
}

function describe({ folder, classes, images, photosPerClass }: SampleSummary): string {
  const counts = classes.map((name, k) => `${name} ${photosPerClass[k]}`).join(', ');
  return [
    `${images.train} photos to train on and ${images.val} to validate in ${folder}`,
    `photos with each class: ${counts}`,
    `next: comask new PROJECT --dataset ${folder}`,
  ].join('\n');
}

/** A project of the sample that is made one way, so that its maps fit. */
async function makeProject(
  folder: string,
  options: SampleOptions,
  { signal, onProgress }: CommandContext,
): Promise<CommandResult> {
  const { set, project: _, ...asked } = options;
  if (set.length > 0 || Object.keys(asked).length > 0) {
    throw new StudioError({
      code: 'usage',
      message: 'the sample project is made one way: --project goes with no other option',
      remedy: 'Leave the others out, or leave out --project and type `comask new` afterwards.',
    });
  }
  const recipe = await readRecipe();
  const project = sampleProject(folder, recipe);
  try {
    const result = await fillSample(project, recipe, onProgress, signal);
    const text = `project of ${result.images} photos with maps, masks and figures in ${folder}\nnext: comask serve ${folder}`;
    return { data: { root: folder, ...result }, text };
  } finally {
    project.close();
  }
}

/** `comask sample DIR`: a generated dataset with exact masks, to try everything on. */
export const sampleCommand: CliCommand = {
  register(program, run) {
    const { seed, images, classes, width, height } = sampleSettings.defaults();
    program
      .command('sample')
      .argument('<dir>', 'folder to write to: new, empty, or an earlier sample')
      .summary('generate a small labelled dataset with exact masks')
      .description(
        'Generates photo-like scenes of composite objects in the layout of the VOC devkit. Each class has one small ' +
          'part of fixed look; the larger parts vary and are shared between classes, so a plain class-activation map ' +
          'finds the small part only. The same seed gives the same scenes and masks. With --project it makes a project ' +
          'to look through instead: 40 scenes with a trained run, maps, saliency, masks and figures, no runtime needed.',
      )
      .option('--project', 'make the sample project, ready with maps, masks and results')
      .option('--seed <n>', `seed of every random choice (${seed})`)
      .option('--images <n>', `number of photos (${images})`)
      .option('--classes <n>', `number of classes, 2 to 8 (${classes})`)
      .option('--size <WxH>', `size of a photo in px (${width}x${height})`)
      .option(
        '--set <key=value>',
        'any setting of `comask settings sample`; may be repeated',
        (pair: string, before: string[]) => [...before, pair],
        [] as string[],
      )
      .action(
        run(async (context, dir: string, options: SampleOptions) => {
          if (options.project) return makeProject(resolve(dir), options, context);
          const { signal, onProgress } = context;
          const summary = await generateSample(resolve(dir), settingsOf(options), onProgress, signal);
          return { data: summary, text: describe(summary) };
        }),
      );
  },
};
