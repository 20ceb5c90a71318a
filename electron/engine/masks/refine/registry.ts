import type { RefineSettings } from '../../../../shared/settings/index.js';
import { crfRefiner } from './crf.js';
import type { MaskRefiner } from './refiner.js';

/** The three CRFs differ by the values of their settings (shared/settings/masks.ts). */
const refiners: Record<RefineSettings['refine'], MaskRefiner | null> = {
  none: null,
  'crf:mcis': crfRefiner,
  'crf:psa': crfRefiner,
  'crf:irn': crfRefiner,
};

/** The refiner of a name; null where masks stay as the rule makes them. */
export const maskRefiner = (name: RefineSettings['refine']): MaskRefiner | null => refiners[name];
