import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS, binOf, calibrationOf } from '../../../../../electron/engine/evaluate/calibration.js';
import { countScores, emptyHistogram } from '../../../../../electron/engine/evaluate/thresholds.js';
import { map } from './maps.js';

describe('calibration', () => {
  it('bins are equally wide, open below and closed above', () => {
    expect([1, 17, 18, 255].map(binOf)).toEqual([0, 0, 1, BINS - 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (score) => {
        const [bin, share] = [binOf(score), (score / 255) * BINS];
        expect(share > bin && share <= bin + 1).toBe(true);
      }),
      { seed: 8 },
    );
  });

  it('compares the score of a label with how often it is true', () => {
    const histogram = emptyHistogram(3);
    // Two pixels of score 1, one of them right; one of 0.2 that is right; an ignored one; one without a score.
    const truth = map(5, 1, [1, 0, 2, 255, 1]);
    const scores = [
      { label: 1, map: map(5, 1, [255, 255, 0, 255, 0]) },
      { label: 2, map: map(5, 1, [0, 0, 51, 0, 0]) },
    ];
    countScores(histogram, truth, scores);
    const { error, bins } = calibrationOf(histogram)!;
    expect(bins[BINS - 1]).toEqual({ pixels: 2, confidence: 1, accuracy: 0.5 });
    expect(bins[2]).toEqual({ pixels: 1, confidence: 0.2, accuracy: 1 });
    expect(bins.filter(({ pixels }) => pixels > 0)).toHaveLength(2);
    expect(error).toBeCloseTo((1 + 0.8) / 3, 12);
  });

  it('is unknown where no pixel has a score', () => {
    const histogram = emptyHistogram(2);
    countScores(histogram, map(2, 1, [0, 1]), [{ label: 1, map: map(2, 1, [0, 0]) }]);
    expect(calibrationOf(histogram)).toBeNull();
  });
});
