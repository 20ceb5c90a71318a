import { fusionRules, type MaskSettings } from '../settings/index.js';
import { plainRule } from './plain.js';
import { referenceRule } from './reference.js';
import type { FusionRule } from './rule.js';
import { saliencyRule } from './saliency.js';

const rules: Record<MaskSettings['rule'], FusionRule> = {
  reference: referenceRule,
  plain: plainRule,
  saliency: saliencyRule,
};

/** The fusion rule of a name; the settings table admits no other names. */
export const fusionRule = (name: MaskSettings['rule']): FusionRule => rules[name];

/** Every rule, in the order of the settings table. */
export const allFusionRules: readonly FusionRule[] = fusionRules.map(fusionRule);
