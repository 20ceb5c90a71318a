import { auditSettings } from './audit.js';
import { exportSettings } from './export.js';
import { localizeSettings } from './localize.js';
import { maskSettings } from './masks.js';
import { predictSettings } from './predict.js';
import { queueSettings } from './queue.js';
import { sampleSettings } from './sample.js';
import { saliencySettings } from './saliency.js';
import { segmentSettings } from './segment.js';
import { trainSettings } from './train.js';

export * from './define.js';
export * from './train.js';
export * from './localize.js';
export * from './saliency.js';
export * from './crf.js';
export * from './masks.js';
export * from './segment.js';
export * from './predict.js';
export * from './queue.js';
export * from './sample.js';
export * from './audit.js';
export * from './export.js';

/** Every group of settings by name; commands, forms, help and the sweep test go over it. */
export const settingGroups = {
  train: trainSettings,
  localize: localizeSettings,
  audit: auditSettings,
  saliency: saliencySettings,
  masks: maskSettings,
  segment: segmentSettings,
  predict: predictSettings,
  queue: queueSettings,
  sample: sampleSettings,
  export: exportSettings,
} as const;
