import { crfTable, crfVariants, refiners } from './crf.js';
import { choice, defineSettings, flag, integer, numbers, type GroupValues } from './define.js';

const published = [0.5, 0.75, 1, 1.25, 1.5];

const table = {
  scales: numbers({ default: [0.75, 1, 1.25], min: 0.1, max: 8, presets: { paper: published, reference: published } }),
  mirror: flag({ default: true }),
  longestSide: integer({ default: 0, min: 0, max: 8192, unit: 'px' }),
  onlyLabelled: flag({ default: false }),
  refine: choice(refiners, { default: 'crf:mcis' }),
  ...crfTable,
} as const;

/** Label maps by a trained segmenter (docs/method.md, "Segmentation"). */
export const predictSettings = defineSettings('predict', table, {
  by: 'refine',
  everyPreset: true,
  values: crfVariants,
});

export type PredictSettings = GroupValues<typeof predictSettings>;
