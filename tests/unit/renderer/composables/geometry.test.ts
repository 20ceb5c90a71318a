import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequentPairs, shareOf } from '../../../../renderer/composables/co-occurrence.js';
import { moved } from '../../../../renderer/composables/grid-moves.js';
import { drawnAt, TALLEST, tallList } from '../../../../renderer/composables/tall-list.js';
import { CLOSEST, fitted, isWhole, movedTo, pixelAt, seenOf, zoomedAt } from '../../../../renderer/composables/zoom.js';

describe('a picture in its stage', () => {
  const picture = { width: 200, height: 100 };

  it('fits whole, in the middle', () => {
    expect(fitted(picture, { width: 432, height: 832 })).toEqual({ scale: 2, x: 16, y: 316 });
    expect(fitted({ width: 10, height: 10 }, { width: 1000, height: 1000 }).scale).toBe(4);
  });

  it('keeps the pixel under the pointer there (seed 1)', () => {
    const at = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 600 }) });
    fc.assert(
      fc.property(at, fc.double({ min: 0.2, max: 5, noNaN: true }), (pointer, factor) => {
        const before = { scale: 2, x: 30, y: -40 };
        const after = zoomedAt(before, factor, pointer, 0.1);
        expect((pointer.x - after.x) / after.scale).toBeCloseTo((pointer.x - before.x) / before.scale, 6);
        expect((pointer.y - after.y) / after.scale).toBeCloseTo((pointer.y - before.y) / before.scale, 6);
      }),
      { seed: 1 },
    );
  });

  it('says what of it is in view, and whether that is all', () => {
    const stage = { width: 100, height: 60 };
    expect(seenOf({ scale: 2, x: -40, y: 20 }, stage, picture)).toEqual({ left: 20, top: 0, width: 50, height: 20 });
    expect(seenOf({ scale: 1, x: 500, y: 0 }, stage, picture)).toMatchObject({ left: 0, width: 0 });
    expect(isWhole({ scale: 2, x: -40, y: 20 }, stage, picture)).toBe(false);
    expect(isWhole(fitted(picture, stage), stage, picture)).toBe(true);
  });

  it('is moved until a place is in the middle', () => {
    const stage = { width: 100, height: 60 };
    const view = movedTo({ scale: 3, x: 7, y: 9 }, { x: 40, y: 30 }, stage);
    const { left, top, width, height } = seenOf(view, stage, picture);
    expect([view.scale, left + width / 2, top + height / 2]).toEqual([3, expect.closeTo(40), expect.closeTo(30)]);
  });

  it('comes no closer and goes no wider than it may', () => {
    const view = { scale: 40, x: 0, y: 0 };
    expect(zoomedAt(view, 10, { x: 0, y: 0 }, 0.5).scale).toBe(CLOSEST);
    expect(zoomedAt(view, 0.001, { x: 0, y: 0 }, 0.5).scale).toBe(0.5);
  });

  it('says which pixel a place is, and none beside it', () => {
    const view = { scale: 2, x: 10, y: 10 };
    expect(pixelAt(view, { x: 13, y: 10 }, picture)).toEqual({ x: 1, y: 0 });
    expect(pixelAt(view, { x: 9, y: 10 }, picture)).toBeNull();
    expect(pixelAt(view, { x: 410, y: 10 }, picture)).toBeNull();
  });
});

describe('a list higher than an element can be', () => {
  it('is left as it is while it fits', () => expect(tallList(5000, 700)).toEqual({ height: 5000, ratio: 1 }));

  it('ends in view when the scroll bar is at its end, a million tiles long', () => {
    const [content, view] = [250_000 * 172, 700];
    const { height, ratio } = tallList(content, view);
    expect(height).toBe(TALLEST);
    const scrolled = height - view;
    expect(scrolled * ratio).toBeCloseTo(content - view, 3);
    expect(drawnAt(content - 172, scrolled, ratio)).toBeCloseTo(height - 172, 3);
  });
});

describe('moves in a grid of 4 columns', () => {
  const grid = { columns: 4, rows: 2, total: 10 };
  it.each([
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowLeft', 4, 3],
    ['ArrowDown', 3, 7],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 2, 2],
    ['PageDown', 1, 9],
    ['PageUp', 9, 1],
    ['Home', 7, 0],
    ['End', 2, 9],
  ] as const)('%s from %i leads to %i', (key, from, to) => expect(moved(key, from, grid)).toBe(to));
});

describe('classes that occur together', () => {
  const together = [
    [10, 4, 0],
    [4, 5, 1],
    [0, 1, 2],
  ];
  it('are shared by the rarer one', () => expect([shareOf(together, 0, 1), shareOf([[0]], 0, 0)]).toEqual([0.8, 0]));
  it('come in pairs, the most frequent first, none without an image', () =>
    expect(frequentPairs(together, 5).map(({ a, b, images }) => [a, b, images])).toEqual([
      [0, 1, 4],
      [1, 2, 1],
    ]));
});
