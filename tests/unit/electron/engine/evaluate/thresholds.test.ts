import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addConfusion, confusionOf, emptyConfusion } from '../../../../../electron/engine/evaluate/confusion.js';
import { metricsOf } from '../../../../../electron/engine/evaluate/metrics.js';
import {
  countScores,
  emptyHistogram,
  maskAtLevel,
  sweepThresholds,
  type LabelScores,
} from '../../../../../electron/engine/evaluate/thresholds.js';
import { labelPair, map } from './maps.js';

const LABELS = 4;

const scored = labelPair(LABELS).chain(({ truth }) => {
  const { width, height } = truth;
  const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: width * height, maxLength: width * height });
  const scores = fc
    .tuple(fc.subarray([1, 2, 3]), bytes, bytes, bytes)
    .map(([labels, ...data]) =>
      labels.map((label): LabelScores => ({ label, map: map(width, height, data[label - 1]) })),
    );
  return fc.record({ truth: fc.constant(truth), scores });
});

describe('the sweep over background thresholds', () => {
  it('equals making and measuring the masks of a level', () => {
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 3 }), (images) => {
        const histogram = emptyHistogram(LABELS);
        for (const { truth, scores } of images) countScores(histogram, truth, scores);
        const sweep = sweepThresholds(histogram);
        for (const level of [0, 1, 100, 254, 255]) {
          const total = emptyConfusion(LABELS);
          for (const { truth, scores } of images)
            addConfusion(total, confusionOf(truth, maskAtLevel(scores, level, truth), LABELS));
          expect(sweep.mIoU[level]).toBe(metricsOf(total).mIoU);
        }
        const highest = Math.max(...sweep.mIoU.map((value) => value ?? 0));
        expect(sweep.mIoU[sweep.bestLevel] ?? 0).toBe(highest);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the level that separates object and background', () => {
    const histogram = emptyHistogram(2);
    countScores(histogram, map(4, 1, [0, 0, 1, 1]), [{ label: 1, map: map(4, 1, [10, 90, 91, 200]) }]);
    const { bestLevel, mIoU } = sweepThresholds(histogram);
    expect(bestLevel).toBe(90);
    expect(mIoU[90]).toBe(1);
    expect(mIoU[255]).toBe(0.25);
  });

  it('gives a tie to the lower label, whatever the order of the maps', () => {
    const flat = map(1, 1, [200]);
    const scores = [
      { label: 3, map: flat },
      { label: 1, map: flat },
    ];
    expect(maskAtLevel(scores, 100, flat).data[0]).toBe(1);
    expect(maskAtLevel(scores, 200, flat).data[0]).toBe(0);
  });

  it('refuses ground truth beyond the classes', () => {
    expect(() => countScores(emptyHistogram(2), map(1, 1, [7]), [])).toThrow(/label 7/);
  });
});
