import { join } from 'node:path';

/** How many epochs are enough for 32 scenes of 160x120: the loss has come down from 3.4 to about 1. */
const EPOCHS = 140;

/** How the sample project is made; what is made on the spot is made by this as well (services/sample/recipe.ts). */
export const recipe = {
  name: 'Comask Sample',
  sample: { images: 40, seed: 1 },
  split: 'train',
  run: 'coattention',
  maps: ['single', 'multi'],
  saliency: 'builtin',
  masks: {
    name: 'fused',
    maps: 'multi',
    // The defaults are for saliency by a network; the builtin method's deserves less.
    settings: { 'plain.saliencyWeight': 0.5, 'plain.background': 0.3 },
  },
};

export const pathsOf = (folder) => ({ dataset: join(folder, 'photos'), project: join(folder, 'project') });

/** The steps that need a compute runtime, in order (build/steps/run.mjs). */
export function stepsOf(folder) {
  const { dataset, project } = pathsOf(folder);
  const { sample, split, run, maps } = recipe;
  const settings = [`epochs=${EPOCHS}`, `keep.epoch=${EPOCHS}`].flatMap((pair) => ['--set', pair]);
  const train = ['train', project, '--run', run, '--device', 'cpu'];
  return [
    {
      name: 'scenes',
      about: 'drawing scenes',
      command: ['sample', dataset, '--images', String(sample.images), '--seed', String(sample.seed)],
    },
    { name: 'new', about: 'importing them', fresh: project, command: ['new', project, '--dataset', dataset] },
    {
      name: 'train',
      about: 'training',
      command: [...train, '--backbone', 'tiny', '--split', split, '--seed', String(sample.seed), ...settings],
      resume: { when: join(project, 'runs', run, 'settings.json'), command: [...train, '--resume'] },
    },
    ...maps.map((mode) => ({
      name: mode,
      about: `${mode}-round maps`,
      command: ['localize', project, '--run', run, '--maps', mode, '--mode', mode, '--split', split, '--device', 'cpu'],
    })),
  ];
}
