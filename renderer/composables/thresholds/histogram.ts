import type { FusionInputs } from '../../../shared/fusion/rule.js';

/** Bars of a histogram. */
export const BARS = 64;

/** How many pixels have each of `BARS` even shares of a byte's range. */
export function histogramOf(data: Uint8Array): number[] {
  const bars = new Array<number>(BARS).fill(0);
  for (const value of data) bars[(value * BARS) >> 8]++;
  return bars;
}

/** At every pixel the largest of the classes' maps: uint8 [height, width]. */
export function largestOf({ width, height, maps }: Pick<FusionInputs, 'width' | 'height' | 'maps'>): Uint8Array {
  const largest = new Uint8Array(width * height);
  for (const { map } of maps) {
    for (let i = 0; i < largest.length; i++) if (map.data[i] > largest[i]) largest[i] = map.data[i];
  }
  return largest;
}

/** Heights of bars, 0..1: the square root keeps rare values in sight beside the many of the background. */
export function barHeights(bars: readonly number[]): number[] {
  const most = Math.max(1, ...bars);
  return bars.map((count) => Math.sqrt(count / most));
}
