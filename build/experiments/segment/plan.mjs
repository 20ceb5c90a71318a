import { join } from 'node:path';
import { writeCorrected } from './correct.mjs';

/** The trainings that are compared: mask sets of the project by name. */
export const runs = [
  { name: 'pseudo', title: 'pseudo-masks' },
  { name: 'truth', title: 'ground truth' },
  { name: 'fixed', title: 'pseudo-masks, the worst corrected' },
];

const setOptions = (settings) => Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

/** What is kept of an evaluation. */
const figures = ({ mIoU, evaluated }) => ({ mIoU, evaluated });

/** The steps in order (build/steps/run.mjs); everything is written below `out`. */
export function stepsOf(out, options) {
  const { data, masks, weights, segmenter, iterations, batch, crop, frozen, percent, seed, device } = options;
  const project = join(out, 'project');
  const corrected = join(out, 'corrected');
  const onDevice = device ? ['--device', device] : [];
  const settings = {
    iterations,
    batchSize: batch,
    cropSize: crop,
    frozenStages: frozen,
    longestSide: 0,
    'optimiser.rate': 2e-3,
    'validation.every': 0,
    'checkpoint.every': 50,
  };

  const imported = (name, from) => ({
    name: `import-${name}`,
    about: `masks "${name}": reading them`,
    command: ['import', 'masks', project, '--from', from, '--masks', name, '--split', 'train', '--overwrite'],
  });
  const measuredMasks = (name) => ({
    name: `evaluate-masks-${name}`,
    about: `masks "${name}": measuring them`,
    command: ['evaluate', project, '--masks', name, '--split', 'train'],
    keep: ({ mIoU, perImage }) => ({ mIoU, worst: perImage.map(({ id }) => id) }),
  });
  const trained = ({ name, title }) => {
    const train = ['segment', 'train', project, '--run', name];
    return [
      {
        name: `train-${name}`,
        about: `${title}: training`,
        command: [
          ...[...train, '--masks', name, '--split', 'train', '--segmenter', segmenter, '--seed', String(seed)],
          ...(weights ? ['--weights', weights] : []),
          ...setOptions(settings),
          ...onDevice,
        ],
        resume: { when: join(project, 'runs', name, 'settings.json'), command: [...train, '--resume', ...onDevice] },
      },
      {
        name: `predict-${name}`,
        about: `${title}: predicting the val split, one view a photo`,
        command: [
          ...['segment', 'predict', project, '--run', name, '--predictions', name, '--split', 'val'],
          ...['--refine', 'none', ...setOptions({ scales: 1, mirror: 'off' }), ...onDevice],
        ],
      },
      {
        name: `evaluate-${name}`,
        about: `${title}: measuring the predictions`,
        command: ['evaluate', project, '--predictions', name, '--split', 'val'],
        keep: figures,
      },
    ];
  };

  return [
    {
      name: 'new',
      about: 'the project',
      fresh: project,
      command: ['new', project, '--dataset', data],
    },
    imported('pseudo', masks),
    measuredMasks('pseudo'),
    imported('truth', join(data, 'SegmentationClass')),
    {
      name: 'correct',
      about: 'correcting the worst masks',
      work: (done) => writeCorrected({ masks, data, percent }, done['evaluate-masks-pseudo'].result.worst, corrected),
    },
    imported('fixed', corrected),
    measuredMasks('fixed'),
    ...runs.flatMap(trained),
  ];
}
