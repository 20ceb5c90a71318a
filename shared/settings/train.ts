import { choice, choices, defineSettings, flag, integer, number, numbers, type GroupValues } from './define.js';

export const backboneNames = ['vgg16', 'resnet50', 'resnet101', 'mobilenet', 'tiny'] as const;
/** Views of the first image of a pair that are paired with the image itself (docs/method.md, "More pairs"). */
export const selfPairNames = ['mirror', '0.75', '2'] as const;

const table = {
  backbone: choice(backboneNames, { default: 'vgg16' }),
  seed: integer({ default: 1, min: 0, max: 2 ** 31 - 1 }),
  epochs: integer({ default: 15, min: 1, max: 10_000, unit: 'epochs' }),
  batchSize: integer({ default: 5, min: 1, max: 1024, unit: 'pairs' }),
  microBatch: integer({ default: 0, min: 0, max: 1024, unit: 'pairs' }),
  inputSize: integer({ default: 256, min: 32, max: 2048, unit: 'px' }),
  frozenStages: integer({ default: 2, min: 0, max: 5, unit: 'stages', presets: { paper: 0, reference: 0 } }),

  'head.coClassifier': choice(['shared', 'separate'], { default: 'shared', presets: { reference: 'separate' } }),
  'head.gateBias': flag({ default: false }),
  'head.matrices': choice(['one', 'three'], { default: 'three' }),

  'affinity.form': choice(['raw', 'scaled', 'cosine'], {
    default: 'cosine',
    presets: { paper: 'raw', reference: 'raw' },
  }),
  'affinity.scale': number({ default: 1, min: 1e-6, max: 1e6 }),
  'affinity.temperature': number({ default: 20, min: 0.01, max: 1000 }),
  'affinity.centred': flag({ default: true, presets: { paper: false, reference: false } }),
  'affinity.learnTemperature': flag({ default: true }),
  'affinity.init': choice(['identity', 'uniform'], {
    default: 'identity',
    presets: { paper: 'uniform', reference: 'uniform' },
  }),

  'loss.basic': number({ default: 1, min: 0, max: 100 }),
  'loss.coAttention': number({ default: 1, min: 0, max: 100 }),
  'loss.contrastive': number({ default: 1, min: 0, max: 100 }),
  'loss.reduction': choice(['sum', 'reference'], { default: 'sum', presets: { reference: 'reference' } }),
  'loss.contrastiveFromEpoch': integer({ default: 0, min: 0, unit: 'epochs', presets: { reference: 2 } }),
  'loss.contrastiveOnlyUnshared': flag({ default: false, presets: { reference: true } }),

  'pairs.partner': choice(['image', 'label'], { default: 'image', presets: { reference: 'label' } }),
  'pairs.cross': number({ default: 0.5, min: 0, max: 1 }),
  'pairs.first.target': number({ default: 1, min: 0, max: 100, unit: 'times' }),
  'pairs.first.single-label': number({ default: 1, min: 0, max: 100, unit: 'times' }),
  'pairs.first.web': number({ default: 1, min: 0, max: 100, unit: 'times' }),
  'pairs.self': choices(selfPairNames, { default: [], presets: { reference: ['mirror', '0.75', '2'] } }),

  'augment.jitter': numbers({ default: [0.3, 0.3, 0.3, 0.1], min: 0, max: 1 }),
  'augment.mirror': flag({ default: true, presets: { paper: false, reference: false } }),
  'augment.crop': number({ default: 0.25, min: 0, max: 0.9, presets: { paper: 0, reference: 0 } }),
  'augment.variants': integer({ default: 0, min: 0, max: 1000 }),

  'optimiser.rate': number({ default: 1e-3, min: 0, max: 10 }),
  'optimiser.momentum': number({ default: 0.9, min: 0, max: 0.999 }),
  'optimiser.nesterov': flag({ default: true }),
  'optimiser.weightDecay': number({ default: 5e-4, min: 0, max: 1 }),
  'optimiser.biasFactor': number({ default: 2, min: 0, max: 1000 }),
  'optimiser.newLayerFactor': number({ default: 10, min: 0, max: 1000 }),
  'optimiser.schedule': choice(['step', 'poly', 'constant'], { default: 'poly', presets: { reference: 'step' } }),
  'optimiser.stepEpochs': numbers({ default: [5, 10], min: 0, unit: 'epochs' }),
  'optimiser.stepFactor': number({ default: 0.1, min: 0, max: 1 }),
  'optimiser.polyPower': number({ default: 0.9, min: 0, max: 10 }),
  'optimiser.warmupEpochs': number({ default: 1, min: 0, max: 100, unit: 'epochs', presets: { reference: 0 } }),
  'optimiser.clipNorm': number({ default: 5, min: 0, max: 1e9, presets: { reference: 0 } }),

  'init.classifierStd': number({ default: 0.01, min: 0, max: 1, presets: { reference: 0 } }),
  'init.priorBias': flag({ default: true, presets: { paper: false, reference: false } }),
  'cache.frozen': flag({ default: true }),
  'cache.megabytes': integer({ default: 2048, min: 16, max: 1_000_000, unit: 'MB' }),
  'cache.diskMegabytes': integer({ default: 20_000, min: 0, max: 10_000_000, unit: 'MB' }),
  'keep.epoch': integer({ default: 0, min: 0, unit: 'epochs', presets: { reference: 10 } }),
  'watch.enabled': flag({ default: true }),
} as const;

/**
 * Training of the co-attention classifier; the rows of docs/method.md, each a setting, and what suits a backbone better
 * than the defaults, which are for `vgg16`.
 */
export const trainSettings = defineSettings('train', table, {
  by: 'backbone',
  values: {
    // For machines without a GPU: a smaller view and a shorter training, so that an hour's work becomes minutes.
    mobilenet: { epochs: 5, inputSize: 128 },
    // Trained from nothing on small scenes: many short epochs at a high rate, mild changes of colour, whole frames. It
    // guesses class frequencies for some epochs before it finds what tells classes apart; the watch would stop it.
    tiny: {
      epochs: 16,
      inputSize: 64,
      'optimiser.rate': 0.01,
      'init.classifierStd': 0.3,
      'augment.jitter': [0.15, 0.15, 0.15, 0.03],
      'augment.crop': 0,
      'watch.enabled': false,
    },
  },
});

export type TrainSettings = GroupValues<typeof trainSettings>;
