import { defineSettings, integer, number, type GroupValues } from './define.js';

/** The generated sample dataset; `classes` is limited by the marks that can be told apart. */
export const sampleSettings = defineSettings('sample', {
  seed: integer({ default: 1, min: 0, max: 2 ** 31 - 1 }),
  images: integer({ default: 300, min: 2, max: 100_000, unit: 'images' }),
  valShare: number({ default: 0.2, min: 0, max: 0.9 }),
  classes: integer({ default: 6, min: 2, max: 8, unit: 'classes' }),
  width: integer({ default: 160, min: 64, max: 2048, unit: 'px' }),
  height: integer({ default: 120, min: 64, max: 2048, unit: 'px' }),
});

export type SampleSettings = GroupValues<typeof sampleSettings>;
