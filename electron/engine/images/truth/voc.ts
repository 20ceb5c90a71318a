import type { TruthConvention } from './convention.js';

/** The project's own labels, as PASCAL VOC has them. */
export const voc: TruthConvention = {
  means: '0 background, class + 1, 255 ignore',
  table: () => Int16Array.from({ length: 256 }, (_, value) => value),
};
