import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundaryIoUOf,
  boundaryOf,
  boundaryWidth,
  countBoundary,
  emptyBoundaryCounts,
} from '../../../../../electron/engine/evaluate/boundary.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { labelPair, map } from './maps.js';

const LABELS = 3;

/** The strip by its definition: some pixel of the square is outside the image or has another label. */
function naiveBoundary({ width, height, data }: LabelMap, d: number): Uint8Array {
  return data.map((label, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let v = y - d; v <= y + d; v++) {
      for (let u = x - d; u <= x + d; u++) {
        if (u < 0 || v < 0 || u >= width || v >= height || data[v * width + u] !== label) return 1;
      }
    }
    return 0;
  });
}

const measure = (truth: LabelMap, mask: LabelMap): ReturnType<typeof boundaryIoUOf> => {
  const counts = emptyBoundaryCounts(LABELS);
  countBoundary(counts, truth, mask);
  return boundaryIoUOf(counts);
};

describe('the strip along the edges', () => {
  it('is what its definition says', () => {
    fc.assert(
      fc.property(labelPair(LABELS), fc.integer({ min: 1, max: 4 }), ({ truth }, d) => {
        expect(boundaryOf(truth, d)).toEqual(naiveBoundary(truth, d));
      }),
    );
  });

  it('is 2% of the diagonal wide, and never nothing', () => {
    expect(boundaryWidth(500, 375)).toBe(13);
    expect(boundaryWidth(8, 8)).toBe(1);
  });
});

describe('boundary IoU', () => {
  it('is 1 where mask and truth agree wherever there is truth', () => {
    fc.assert(
      fc.property(labelPair(LABELS), ({ truth, mask }) => {
        const agreeing = { ...truth, data: truth.data.map((label, at) => (label === 255 ? mask.data[at] : label)) };
        const { mean } = measure(truth, agreeing);
        if (mean !== null) expect(mean).toBe(1);
      }),
    );
  });

  it('counts strips per label', () => {
    // 6x6, strip 1 px: a 4x4 square of label 1 against the same square one pixel to the right.
    const square = (left: number): LabelMap =>
      map(
        6,
        6,
        Array.from({ length: 36 }, (_, at) => {
          const [x, y] = [at % 6, Math.floor(at / 6)];
          return Number(x >= left && x < left + 4 && y >= 1 && y < 5);
        }),
      );
    // Rings of 12 pixels: top and bottom share 3 each; the sides meet nowhere.
    expect(measure(square(1), square(2)).perLabel[1]).toBe(6 / 18);
  });

  it('takes undecided pixels for background', () => {
    const truth = map(3, 3, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const undecided = map(3, 3, [0, 0, 0, 0, 255, 0, 0, 0, 0]);
    const background = map(3, 3, new Array<number>(9).fill(0));
    expect(measure(truth, undecided)).toEqual(measure(truth, background));
  });
});
