import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill } from '../../../../shared/label-map/fill.js';
import { grow, shrink } from '../../../../shared/label-map/grow.js';
import { fillHoles } from '../../../../shared/label-map/holes.js';
import { countIslands, removeIslands } from '../../../../shared/label-map/islands.js';
import { fillOutline, replaceOutline } from '../../../../shared/label-map/polygon.js';
import { smooth } from '../../../../shared/label-map/smooth.js';
import { eachStep, stroke } from '../../../../shared/label-map/stroke.js';
import { anchorAt, tipOf, tipShapes } from '../../../../shared/label-map/tip.js';
import { colourDistances, wand } from '../../../../shared/label-map/wand.js';
import type { LabelMap } from '../../../../shared/types.js';
import { blank, copyOf, drawn, editOf, maps, rowsOf } from '../../../support/label-map.js';

const pixels = fc.record({ x: fc.integer({ min: -8, max: 40 }), y: fc.integer({ min: -8, max: 40 }) });

describe('a tip', () => {
  const dot = (size: number): string[] => {
    const map = blank(size + 2, size + 2);
    const anchor = anchorAt({ size }, { x: (size + 2) / 2, y: (size + 2) / 2 });
    stroke(editOf(map), anchor, anchor, tipOf('round', size), 1);
    return rowsOf(map);
  };

  it('is as many pixels across as it says, round and without soft edges', () => {
    expect(dot(1)).toEqual(['...', '.1.', '...']);
    expect(dot(2)).toEqual(['....', '.11.', '.11.', '....']);
    expect(dot(4)).toEqual(['......', '..11..', '.1111.', '.1111.', '..11..', '......']);
    expect(dot(5)).toEqual(['.......', '..111..', '.11111.', '.11111.', '.11111.', '..111..', '.......']);
  });

  it('covers in every row the column of its anchor', () => {
    for (const shape of tipShapes) {
      for (let size = 1; size <= 60; size++) {
        const { lefts, rights } = tipOf(shape, size);
        expect(lefts.every((left) => left <= 0) && rights.every((right) => right > 0)).toBe(true);
        expect(Math.max(...rights) - Math.min(...lefts)).toBe(size);
      }
    }
  });
});

describe('a stroke', () => {
  it('equals its one-pixel steps', () => {
    fc.assert(
      fc.property(pixels, pixels, fc.integer({ min: 1, max: 15 }), fc.constantFrom(...tipShapes), (a, b, size, shape) => {
        const [whole, steps] = [blank(32, 32), blank(32, 32)];
        const tip = tipOf(shape, size);
        stroke(editOf(whole), a, b, tip, 3);
        const edit = editOf(steps);
        eachStep(a, b, (x, y) => stroke(edit, { x, y }, { x, y }, tip, 3));
        expect(whole).toEqual(steps);
      }),
      { seed: 72, numRuns: 100 },
    ); // prettier-ignore
  });

  it('goes from end to end in steps of one pixel', () => {
    fc.assert(
      fc.property(pixels, pixels, (a, b) => {
        const steps: { x: number; y: number }[] = [];
        eachStep(a, b, (x, y) => steps.push({ x, y }));
        expect([steps[0], steps.at(-1)]).toEqual([a, b]);
        steps.slice(1).forEach(({ x, y }, k) => {
          expect(Math.max(Math.abs(x - steps[k].x), Math.abs(y - steps[k].y))).toBe(1);
        });
      }),
      { seed: 73 },
    );
  });
});

/** Whether a ray to the left crosses the outline an odd number of times. */
function isInside(corners: readonly { x: number; y: number }[], x: number, y: number): boolean {
  let odd = false;
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length];
    if (a.y > y === b.y > y) return;
    if (x >= a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) odd = !odd;
  });
  return odd;
}

describe('an outline', () => {
  const corner = fc.record({ x: fc.double({ min: -4, max: 24, noNaN: true }), y: fc.double({ min: -4, max: 24, noNaN: true }) }); // prettier-ignore

  it('holds the pixels whose centres are inside by the even-odd rule; the rest is untouched or cut away', () => {
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 9 }), (corners) => {
        const centre = (i: number) => isInside(corners, (i % 20) + 0.5, Math.floor(i / 20) + 0.5);
        const [added, taken, kept] = [blank(20, 20), blank(20, 20), blank(20, 20)];
        taken.data.fill(2);
        kept.data.fill(2);
        fillOutline(editOf(added), corners, 2, 'add');
        fillOutline(editOf(taken), corners, 2, 'subtract');
        fillOutline(editOf(kept), corners, 2, 'intersect');
        added.data.forEach((label, i) => {
          expect([label, taken.data[i], kept.data[i]]).toEqual(centre(i) ? [2, 0, 2] : [0, 2, 0]);
        });
      }),
      { seed: 74, numRuns: 30 },
    );
  });

  it('takes the labels of another map inside, and keeps its own outside and where they are locked', () => {
    const derived = Uint8Array.from({ length: 400 }, (_, i) => (i * 7 + Math.floor(i / 20)) % 3);
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 9 }), (corners) => {
        const map = blank(20, 20);
        map.data.forEach((_, i) => (map.data[i] = i % 5 === 0 ? 4 : 5));
        const before = map.data.slice();
        replaceOutline(editOf(map, { locked: new Set([4]) }), corners, derived);
        map.data.forEach((label, i) => {
          const taken = before[i] !== 4 && isInside(corners, (i % 20) + 0.5, Math.floor(i / 20) + 0.5);
          expect(label).toBe(taken ? derived[i] : before[i]);
        });
      }),
      { seed: 76, numRuns: 30 },
    );
  });
});

/** Pixel by pixel, with a queue. */
function naiveFill({ width, height, data }: LabelMap, x: number, y: number, label: number): void {
  const old = data[y * width + x];
  if (old === label) return;
  const queue = [[x, y]];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const [u, v] = at;
    if (u < 0 || v < 0 || u >= width || v >= height || data[v * width + u] !== old) continue;
    data[v * width + u] = label;
    queue.push([u - 1, v], [u + 1, v], [u, v - 1], [u, v + 1]);
  }
}

describe('regions', () => {
  it('are filled as a naive fill fills them', () => {
    fc.assert(
      fc.property(maps, fc.nat(), fc.constantFrom(0, 1, 5), (map, place, label) => {
        const i = place % map.data.length;
        const [x, y] = [i % map.width, Math.floor(i / map.width)];
        const naive = copyOf(map);
        naiveFill(naive, x, y, label);
        fill(editOf(map), { x, y }, label);
        expect(map).toEqual(naive);
      }),
      { seed: 75, numRuns: 150 },
    );
  });

  it('by colour end where the tolerance ends', () => {
    const greys = [10, 12, 30, 12, 13, 13];
    const photo = { width: 6, height: 1, data: Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, 10, 255])) };
    const taken = (tolerance: number): string => {
      const map = blank(6, 1);
      wand(editOf(map), colourDistances(photo, { x: 0, y: 0 }), { x: 0, y: 0 }, tolerance, 1);
      return rowsOf(map)[0];
    };
    expect([taken(0), taken(2), taken(19), taken(20)]).toEqual(['1.....', '11....', '11....', '111111']);
  });

  it('lose their holes, whatever is in them, but not bays', () => {
    const map = drawn('11111.', '1.1211', '111111', '1.1.1.', '1.111.');
    fillHoles(editOf(map), 1);
    expect(rowsOf(map)).toEqual(['11111.', '111111', '111111', '1.111.', '1.111.']);
  });

  it('grow and shrink by pixels to octagons, and shrink at the edge only where something is', () => {
    const map = blank(9, 7);
    map.data[3 * 9 + 4] = 1;
    grow(editOf(map), 1, 3);
    expect(rowsOf(map)).toEqual([
      '...111...',
      '..11111..',
      '.1111111.',
      '.1111111.',
      '.1111111.',
      '..11111..',
      '...111...',
    ]);
    shrink(editOf(map), 1, 1);
    expect(rowsOf(map)).toEqual([
      '....1....',
      '...111...',
      '..11111..',
      '..11111..',
      '..11111..',
      '...111...',
      '....1....',
    ]);
    const edge = drawn('111..', '111..');
    shrink(editOf(edge), 1, 1);
    expect(rowsOf(edge)).toEqual(['11...', '11...']);
  });

  it('are smoothed by majority', () => {
    const map = drawn('11111', '11.11', '11111', '.....', '..2..', '.....');
    smooth(editOf(map), 1);
    expect(rowsOf(map)).toEqual(['11111', '11111', '11111', '.....', '.....', '.....']);
  });

  it('lose islands to what surrounds them', () => {
    const map = drawn('1.222', '..212', '11222');
    expect(countIslands(map, 1, 3)).toBe(3);
    removeIslands(editOf(map), 1, 2);
    expect(rowsOf(map)).toEqual(['..222', '..222', '11222']);
  });
});
