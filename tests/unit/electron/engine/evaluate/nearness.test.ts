import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearLabel } from '../../../../../electron/engine/evaluate/nearness.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { labelPair } from './maps.js';

/** Looks at the whole square around a pixel. */
function isNear({ width, height, data }: LabelMap, label: number, d: number, x: number, y: number): number {
  for (let v = Math.max(0, y - d); v <= Math.min(height - 1, y + d); v++) {
    for (let u = Math.max(0, x - d); u <= Math.min(width - 1, x + d); u++) if (data[v * width + u] === label) return 1;
  }
  return 0;
}

describe('nearness to a label', () => {
  it('is what a look at every square says, in any box', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const corners = fc.tuple(ratio, ratio, ratio, ratio);
    fc.assert(
      fc.property(labelPair(3), fc.integer({ min: 1, max: 14 }), corners, ({ truth }, d, [a, b, e, f]) => {
        const place = (share: number, size: number): number => Math.min(size - 1, Math.floor(share * size));
        const [left, right] = [place(a, truth.width), place(b, truth.width)].sort((one, other) => one - other);
        const [top, bottom] = [place(e, truth.height), place(f, truth.height)].sort((one, other) => one - other);
        const expected: number[] = [];
        for (let y = top; y <= bottom; y++)
          for (let x = left; x <= right; x++) expected.push(isNear(truth, 1, d, x, y));
        expect([...nearLabel(truth, 1, d, { left, right, top, bottom })]).toEqual(expected);
      }),
      { seed: 8 },
    );
  });
});
