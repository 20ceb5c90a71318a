import { domains } from '../types.js';
import { choice, choices, defineSettings, flag, integer, number, numbers, type GroupValues } from './define.js';

export const referenceStrategies = ['random', 'similar', 'diverse', 'fixed'] as const;
/** How views of an image are turned into one map (docs/method.md, "Final map"). */
export const aggregations = ['mean', 'five-map'] as const;
/** How a finished map is fitted to its photo, or to what the net sees there (docs/method.md, "Refinement"). */
export const mapRefiners = ['none', 'pixel-adaptive', 'random-walk'] as const;

/** Inference of localization maps. */
export const localizeSettings = defineSettings('localize', {
  mode: choice(['single', 'multi'], { default: 'multi' }),
  seed: integer({ default: 1, min: 0, max: 2 ** 31 - 1 }),
  inputSize: integer({ default: 0, min: 0, max: 2048, unit: 'px' }),
  scales: numbers({ default: [1, 1.5], min: 0.1, max: 8, presets: { paper: [1], reference: [1] } }),
  mirror: flag({ default: false }),
  aggregation: choice(aggregations, { default: 'mean', presets: { reference: 'five-map' } }),
  'references.strategy': choice(referenceStrategies, { default: 'random' }),
  'references.count': integer({ default: 8, min: 1, max: 1000, unit: 'images', presets: { reference: 3 } }),
  'references.replacement': flag({ default: false, presets: { reference: true } }),
  'references.self': flag({ default: false, presets: { reference: true } }),
  'references.domains': choices(domains, { default: [...domains] }),
  'references.joint': flag({ default: true, presets: { paper: false, reference: false } }),
  'affinity.temperature': number({ default: 0, min: 0, max: 1000 }),
  refine: choice(mapRefiners, { default: 'pixel-adaptive', presets: { paper: 'none', reference: 'none' } }),
  'refine.iterations': integer({ default: 20, min: 0, max: 1000 }),
  /** Longest side that the photo is reduced to for it: neighbours are at most 24 px away, whatever the photo's size. */
  'refine.size': integer({ default: 120, min: 32, max: 2048, unit: 'px' }),
  'cache.megabytes': integer({ default: 2048, min: 16, max: 1_000_000, unit: 'MB' }),
  'cache.diskMegabytes': integer({ default: 20_000, min: 0, max: 10_000_000, unit: 'MB' }),
});

export type LocalizeSettings = GroupValues<typeof localizeSettings>;
