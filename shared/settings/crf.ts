import { choice, integer, number, type ValuesOf } from './define.js';

/** What may correct the borders of a label map by the photo. */
export const refiners = ['none', 'crf:mcis', 'crf:psa', 'crf:irn'] as const;

/** The dense CRF's settings; the defaults are those of the published code of PSA. */
export const crfTable = {
  /** Where the CRF's unary energies come from, where there are both. */
  'crf.unary': choice(['probabilities', 'labels'], { default: 'probabilities' }),
  'crf.clip': number({ default: 1e-5, min: 1e-30, max: 0.5 }),
  'crf.confidence': number({ default: 0.7, min: 0.01, max: 0.99 }),
  'crf.iterations': integer({ default: 10, min: 0, max: 100 }),
  'crf.gaussian.sxy': number({ default: 3, min: 0.1, unit: 'px' }),
  'crf.gaussian.compat': number({ default: 3, min: 0, max: 1000 }),
  'crf.bilateral.sxy': number({ default: 80, min: 0.1, unit: 'px' }),
  'crf.bilateral.srgb': number({ default: 13, min: 0.1 }),
  'crf.bilateral.compat': number({ default: 10, min: 0, max: 1000 }),
} as const;

/** The other published sets, by the refiner's name. */
export const crfVariants = {
  'crf:mcis': {
    'crf.clip': 1e-4,
    'crf.iterations': 1,
    'crf.gaussian.compat': 1,
    'crf.bilateral.srgb': 4,
    'crf.bilateral.compat': 3,
  },
  'crf:irn': { 'crf.unary': 'labels', 'crf.bilateral.sxy': 50, 'crf.bilateral.srgb': 5 },
} as const;

/** What a refiner of label maps has to know. */
export type RefineSettings = ValuesOf<typeof crfTable> & { refine: (typeof refiners)[number] };
