import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { maskSettings, saliencySettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import { addDataset } from '../../project/import/new-project.js';
import type { Project } from '../../project/project.js';
import { generateSample } from '../../project/sample/generate.js';
import { defaultName, evaluateSet } from '../evaluation.js';
import type { EvaluationRequest } from '../evaluation-files.js';
import { makeMaskSet } from '../mask-set.js';
import { makeSaliency } from '../saliency.js';
import type { SampleRecipe } from './recipe.js';
import { unpackMaps, unpackRun } from './unpack.js';

/** Folder of the scenes, in the project's own so that one folder holds all of the sample. */
export const scenesFolder = ({ root }: Pick<Project, 'root'>): string => join(root, 'photos');

/** What is measured: maps, and masks as the last. */
const measured = ({ maps, masks, split }: SampleRecipe): EvaluationRequest[] => [
  ...maps.map(({ name }) => ({ kind: 'maps' as const, set: name, split })),
  { kind: 'masks', set: masks.name, split },
];

/** Whether all is there that the sample comes with. */
export function isFilled({ paths }: Project, recipe: SampleRecipe): boolean {
  return existsSync(paths.evaluation(defaultName(measured(recipe).at(-1)!)));
}

/** Whether a project was made to be a sample: it has its classes and no photos but the scenes. */
export function isSample(project: Project, recipe: SampleRecipe): boolean {
  const { classes, datasets } = project.config;
  return JSON.stringify(classes) === JSON.stringify(recipe.classes) && datasets.every(({ root }) => root === scenesFolder(project)); // prettier-ignore
}

/** Tells of steps of equal weight as parts of one whole, which never goes back. */
function inSteps(onProgress: OnProgress, steps: number): () => OnProgress {
  let [begun, most] = [0, 0];
  return () => {
    const step = begun++;
    return ({ stage, done, total }) => {
      most = Math.max(most, Math.round((100 * (step + done / Math.max(1, total))) / steps));
      onProgress({ stage, done: most, total: 100, unit: '%' });
    };
  };
}

/**
 * Draws the scenes of a sample project, imports them, puts the run and its maps there, and makes saliency, masks and
 * figures of them. No compute runtime is needed. Stopped midway and called again, it goes on: nothing of a person is
 * ever replaced. Throws `usage` for a project that is no sample, `interrupted`, `not-writable`, `disk-full`.
 */
export async function fillSample(
  project: Project,
  recipe: SampleRecipe,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<{ images: number; mIoU: number | null }> {
  if (!isSample(project, recipe)) {
    throw new StudioError({
      code: 'usage',
      message: 'the project holds other images than the sample',
      file: project.root,
      remedy: 'Make the sample in a folder of its own.',
    });
  }
  const evaluations = measured(recipe);
  const next = inSteps(onProgress, 4 + recipe.maps.length + evaluations.length);

  const dataset = scenesFolder(project);
  await generateSample(dataset, recipe.scenes, next(), signal);
  const request = { folder: project.root, dataset, format: 'voc', domain: 'target' } as const;
  await addDataset(request, signal, next());
  // The import opened the project for itself: this one hears of the dataset now.
  project.addDataset({ root: dataset, format: request.format, domain: request.domain });
  await unpackRun(project, recipe);
  for (const set of recipe.maps) {
    const tell = next();
    await unpackMaps(project, recipe, set, (done, total) =>
      tell({ stage: 'unpacking-maps', done, total, unit: 'maps' }),
    );
  }
  const { split, saliency, masks } = recipe;
  await makeSaliency(project, { name: saliency, split, settings: saliencySettings.defaults() }, next(), signal);
  const settings = maskSettings.resolve(masks.settings);
  await makeMaskSet(project, { masks: masks.name, maps: masks.maps, saliency, split }, settings, next(), signal);
  let mIoU: number | null = null;
  for (const evaluation of evaluations) ({ mIoU } = await evaluateSet(project, evaluation, next(), signal));
  return { images: recipe.scenes.images, mIoU };
}
