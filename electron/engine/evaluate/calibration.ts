/**
 * Calibration: whether of the pixels that have a score of s the share s truly has the label that the score argues for. Bins
 * of equal width and their mean gap are those of Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 * Pixels without a score say nothing about a label and are in no bin.
 */
import type { Calibration } from '../../../shared/evaluation.js';
import { LEVELS, type ScoreHistogram } from './thresholds.js';

/** As in the paper. */
export const BINS = 15;

/** Place of the bin of a score of 0..255: bins are open below and closed above, and 0 is in none. */
export const binOf = (score: number): number => Math.ceil((score / (LEVELS - 1)) * BINS) - 1;

/** Reliability of the best scores of all pixels with ground truth; null where no pixel has one. */
export function calibrationOf({ labels, pairs }: ScoreHistogram): Calibration | null {
  const sums = Array.from({ length: BINS }, () => ({ pixels: 0, right: 0, confidence: 0 }));
  for (const [pair, counts] of pairs) {
    const isRight = Math.floor(pair / labels) === pair % labels;
    for (let score = 1; score < LEVELS; score++) {
      const bin = sums[binOf(score)];
      bin.pixels += counts[score];
      bin.confidence += (counts[score] * score) / (LEVELS - 1);
      if (isRight) bin.right += counts[score];
    }
  }
  const total = sums.reduce((sum, { pixels }) => sum + pixels, 0);
  if (total === 0) return null;
  return {
    error: sums.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0) / total,
    bins: sums.map(({ pixels, right, confidence }) => ({
      pixels,
      confidence: pixels > 0 ? Math.min(1, confidence / pixels) : null,
      accuracy: pixels > 0 ? right / pixels : null,
    })),
  };
}
