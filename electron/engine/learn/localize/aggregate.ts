import type { FloatMap } from '../../../../shared/types.js';

/** Keeps an all-negative map from dividing by zero. */
const MAX_EPSILON = 1e-8;

/** Below this, a map whose mean's sigmoid it is counts as not having found its class (published code). */
const MINIMUM_CONFIDENCE = 0.1;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const meanOf = (data: Float32Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;

/** Largest value of a map, at least 0: the scale of its positive part. */
const peakOf = (data: Float32Array): number => data.reduce((max, value) => Math.max(max, value), 0);

/** Negatives to zero, divided by the largest value: 0..1. A map without a positive value becomes all zero. */
export function scaleMap({ width, height, data }: FloatMap): FloatMap {
  const peak = peakOf(data) + MAX_EPSILON;
  return { width, height, data: data.map((value) => Math.max(0, value) / peak) };
}

/** Mean of maps of one size. */
export function meanMap(maps: readonly FloatMap[]): FloatMap {
  const [{ width, height }] = maps;
  const data = new Float32Array(width * height);
  for (const map of maps) for (let i = 0; i < data.length; i++) data[i] += map.data[i] / maps.length;
  return { width, height, data };
}

/**
 * The published aggregate of an image's raw maps of one class: each scaled to 0..1, maps after the first left out where
 * the sigmoid of their mean is not above .1, their sum divided by the number of maps given.
 *
 * @param maps raw and signed, of one size; in published order: image beside its mirror image, mirror image beside the
 *   image (mirrored back), .75x, 2x (both resized), mean over the references
 * @returns 0..1
 */
export function publishedAggregate(maps: readonly FloatMap[]): FloatMap {
  const [{ width, height }] = maps;
  const data = new Float32Array(width * height);
  maps.forEach((map, index) => {
    if (index > 0 && sigmoid(meanOf(map.data)) <= MINIMUM_CONFIDENCE) return;
    const scaled = scaleMap(map);
    for (let i = 0; i < data.length; i++) data[i] += scaled.data[i] / maps.length;
  });
  return { width, height, data };
}
