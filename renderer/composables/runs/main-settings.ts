import type { FormKind } from './request-fields.js';

/** Settings that stand before all others in a form, where most people look; each is a key of its group's table. */
export const mainSettings: Readonly<Record<FormKind, readonly string[]>> = {
  train: ['backbone', 'epochs', 'batchSize', 'inputSize', 'optimiser.rate', 'frozenStages'],
  localize: ['mode', 'scales', 'references.strategy', 'references.count', 'refine'],
  saliency: ['source', 'path'],
  masks: ['rule', 'plain.background', 'refine'],
  'segment-train': [
    'segmenter',
    'iterations',
    'batchSize',
    'cropSize',
    'optimiser.rate',
    'frozenStages',
    'masks.only',
    'masks.correctedWeight',
  ],
  'segment-predict': ['scales', 'mirror', 'refine'],
  evaluate: [],
  export: ['instances', 'ignore'],
};
