import { join } from 'node:path';

/** Names of what the demo makes; the folder of a run is looked at to see whether a training has begun. */
export const pathsOf = (folder) => ({
  dataset: join(folder, 'dataset'),
  project: join(folder, 'project'),
  runs: join(folder, 'project', 'runs'),
  report: join(folder, 'report.html'),
});

/** The default weight is for saliency by a network; the builtin method's deserves less. */
const fusionSettings = { 'plain.saliencyWeight': 0.4, 'plain.background': 0.15 };

const basicLossOnly = { 'loss.coAttention': 0, 'loss.contrastive': 0 };

const setOptions = (settings) => Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

/** The steps in order (build/steps/run.mjs); `stage` is the line of the table that the time of a step counts for. */
export function stepsOf(folder, { images, epochs, seed, device }) {
  const { dataset, project, runs, report } = pathsOf(folder);
  const onDevice = device ? ['--device', device] : [];
  const train = (run, settings) => ({
    name: `train-${run}`,
    command: [
      ...['train', project, '--run', run, '--backbone', 'tiny', '--split', 'train', '--seed', String(seed)],
      ...setOptions({ ...settings, ...(epochs === null ? {} : { epochs }) }),
      ...onDevice,
    ],
    resume: {
      when: join(runs, run, 'settings.json'),
      command: ['train', project, '--run', run, '--resume', ...onDevice],
    },
  });
  const localize = (run, maps, mode) => ({
    name: `localize-${maps}`,
    command: [...['localize', project, '--run', run, '--maps', maps, '--mode', mode, '--split', 'train'], ...onDevice],
  });
  const evaluate = (kind, set, ...more) => ({
    name: `evaluate-${set}`,
    command: ['evaluate', project, `--${kind}`, set, '--split', 'train', ...more],
    keep: ({ mIoU, pixelAccuracy, evaluated }) => ({ mIoU, pixelAccuracy, evaluated }),
  });
  return [
    {
      name: 'sample',
      about: 'generating photos',
      stage: 'sample',
      command: ['sample', dataset, '--images', String(images), '--seed', String(seed)],
    },
    {
      name: 'new',
      about: 'importing them',
      stage: 'sample',
      fresh: project,
      command: ['new', project, '--dataset', dataset],
    },
    { ...train('basic', basicLossOnly), about: 'training with the basic loss only', stage: 'cam' },
    { ...localize('basic', 'cam', 'single'), about: 'class-activation maps', stage: 'cam' },
    { ...train('coattention', {}), about: 'training with all losses', stage: 'train' },
    { ...localize('coattention', 'single', 'single'), about: 'single-round maps', stage: 'single' },
    { ...localize('coattention', 'multi', 'multi'), about: 'multi-round maps', stage: 'multi' },
    {
      name: 'saliency',
      about: 'saliency maps',
      stage: 'masks',
      command: ['saliency', project, '--saliency', 'builtin', '--source', 'builtin', '--split', 'train'],
    },
    {
      name: 'masks',
      about: 'fusing multi-round maps and saliency',
      stage: 'masks',
      command: [
        ...['masks', project, '--masks', 'fused', '--maps', 'multi', '--saliency', 'builtin', '--split', 'train'],
        ...setOptions(fusionSettings),
      ],
    },
    ...['cam', 'single', 'multi'].map((set) => ({
      ...evaluate('maps', set),
      about: `measuring ${set} maps`,
      stage: 'evaluate',
    })),
    { ...evaluate('masks', 'fused', '--report', report), about: 'measuring the masks, report', stage: 'evaluate' },
  ];
}
