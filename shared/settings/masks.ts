import { crfTable, crfVariants, refiners } from './crf.js';
import { choice, defineSettings, integer, number, type GroupValues } from './define.js';

export const fusionRules = ['reference', 'plain', 'saliency'] as const;

const table = {
  rule: choice(fusionRules, { default: 'plain', presets: { paper: 'reference', reference: 'reference' } }),
  'reference.foreground': number({ default: 0.3, min: 0, max: 1 }),
  'reference.conflict': number({ default: 0.99, min: 0, max: 1 }),
  'reference.backgroundSaliency': integer({ default: 32, min: 0, max: 255 }),
  'reference.attentionAsSaliency': number({ default: 0.95, min: 0, max: 1 }),
  'reference.minimumForeground': number({ default: 0.01, min: 0, max: 1 }),
  /** Score that the foreground has to reach beside saliency; docs/benchmarks.md has the tries. */
  'plain.background': number({ default: 0.5, min: 0, max: 1 }),
  /** The same without saliency: maps alone separate best near their feet. */
  'plain.mapsBackground': number({ default: 0.1, min: 0, max: 1 }),
  /** Share of the saliency map in the foreground score; the rest is the best class's map. */
  'plain.saliencyWeight': number({ default: 0.6, min: 0, max: 1 }),
  /** Whether each map is stretched to its own range first, so that a weak class is not lost beside a strong one. */
  'plain.scaling': choice(['min-max', 'none'], { default: 'min-max' }),
  'saliency.threshold': integer({ default: 110, min: 0, max: 255 }),
  refine: choice(refiners, { default: 'none' }),
  ...crfTable,
} as const;

/**
 * Fusion of localization maps and saliency into pseudo-masks, and their refinement (docs/method.md, "Pseudo-masks"). The
 * defaults of `crf.` are those of the published code of PSA; the other refiners stand for other published sets.
 */
export const maskSettings = defineSettings('masks', table, {
  by: 'refine',
  everyPreset: true,
  values: crfVariants,
});

export type MaskSettings = GroupValues<typeof maskSettings>;
