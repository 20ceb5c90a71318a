import { choice, defineSettings, flag, integer, number, numbers, type GroupValues } from './define.js';

export const segmenterNames = ['vgg16-largefov', 'resnet101-largefov', 'mobilenet-largefov', 'tiny-largefov'] as const;

const resnet = 'resnet101-largefov';

const table = {
  segmenter: choice(segmenterNames, { default: 'vgg16-largefov', presets: { paper: resnet, reference: resnet } }),
  seed: integer({ default: 1, min: 0, max: 2 ** 31 - 1 }),
  iterations: integer({ default: 2000, min: 1, max: 10_000_000, presets: { paper: 16_000, reference: 16_000 } }),
  batchSize: integer({ default: 10, min: 1, max: 1024, unit: 'images' }),
  microBatch: integer({ default: 2, min: 0, max: 1024, unit: 'images' }),
  cropSize: integer({ default: 321, min: 33, max: 2049, unit: 'px' }),
  longestSide: integer({ default: 512, min: 0, max: 8192, unit: 'px', presets: { paper: 0, reference: 0 } }),
  frozenStages: integer({ default: 2, min: 0, max: 5, unit: 'stages', presets: { paper: 0, reference: 0 } }),

  'head.channels': integer({ default: 1024, min: 1, max: 4096 }),
  'head.dilation': integer({ default: 12, min: 1, max: 64, unit: 'px' }),
  'head.bias': flag({ default: true, presets: { reference: false } }),
  'head.dropout': number({ default: 0.5, min: 0, max: 0.95, presets: { reference: 0 } }),
  /** Where a ResNet halves the size: in a block's 3x3 as torchvision, or in its first 1x1 as Caffe. */
  'resnet.stride': choice(['3x3', '1x1'], { default: '3x3', presets: { reference: '1x1' } }),

  'masks.corrected': flag({ default: true }),
  'masks.only': choice(['all', 'reviewed', 'corrected'], { default: 'all' }),
  'masks.correctedWeight': number({ default: 1, min: 0, max: 100 }),

  'augment.scale': numbers({ default: [0.7, 1.3], min: 0.1, max: 8 }),
  'augment.mirror': flag({ default: true }),

  'optimiser.rate': number({ default: 1e-3, min: 0, max: 10 }),
  'optimiser.momentum': number({ default: 0.9, min: 0, max: 0.999 }),
  'optimiser.nesterov': flag({ default: false }),
  'optimiser.weightDecay': number({ default: 5e-4, min: 0, max: 1 }),
  'optimiser.biasFactor': number({ default: 2, min: 0, max: 1000 }),
  'optimiser.newLayerFactor': number({ default: 10, min: 0, max: 1000 }),
  'optimiser.polyPower': number({ default: 0.9, min: 0, max: 10 }),
  'optimiser.clipNorm': number({ default: 5, min: 0, max: 1e9, presets: { paper: 0, reference: 0 } }),

  'validation.every': integer({ default: 200, min: 0, unit: 'iterations' }),
  'validation.images': integer({ default: 100, min: 0, unit: 'images' }),
  'checkpoint.every': integer({ default: 100, min: 1, unit: 'iterations' }),
} as const;

/**
 * Training of a segmenter on masks (docs/method.md, "Segmentation"). The defaults are for `vgg16-largefov`; the smaller
 * ones see less and take shorter.
 */
export const segmentSettings = defineSettings('segment', table, {
  by: 'segmenter',
  values: {
    'mobilenet-largefov': {
      cropSize: 225,
      longestSide: 320,
      'head.channels': 256,
      iterations: 1500,
      'optimiser.rate': 5e-3,
    },
    // From nothing on small scenes: many small steps, and a field of view that fits them.
    'tiny-largefov': {
      cropSize: 65,
      longestSide: 0,
      'head.channels': 64,
      'head.dilation': 4,
      'head.dropout': 0,
      'optimiser.rate': 0.01,
    },
  },
});

export type SegmentSettings = GroupValues<typeof segmentSettings>;
