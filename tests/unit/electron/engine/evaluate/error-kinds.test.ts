import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confusionOf, undecidedAsBackground } from '../../../../../electron/engine/evaluate/confusion.js';
import { countErrors, errorMap, flatErrors } from '../../../../../electron/engine/evaluate/error-kinds.js';
import { errorsOf } from '../../../../../shared/evaluation.js';
import type { LabelMap } from '../../../../../shared/types.js';
import { labelPair, map } from './maps.js';

/** A strip of boundary IoU is 1 px wide here. */
const SIDE = 30;

/** A map with rectangles [left, top, width, height, label] on background. */
function drawn(...boxes: [number, number, number, number, number][]): LabelMap {
  const data = new Uint8Array(SIDE * SIDE);
  for (const [left, top, width, height, label] of boxes) {
    for (let y = top; y < top + height; y++) data.fill(label, y * SIDE + left, y * SIDE + left + width);
  }
  return { width: SIDE, height: SIDE, data };
}

const errors = (truth: LabelMap, mask: LabelMap) => errorsOf({ errors: flatErrors(countErrors(truth, mask)) });
const object = drawn([5, 5, 10, 10, 1]);

describe('kinds of errors', () => {
  it('a mask that is right has none, and neither has one whose truth is unknown', () => {
    expect(errors(object, object)).toEqual([]);
    expect(errors(drawn([0, 0, SIDE, SIDE, 255]), object)).toEqual([]);
  });

  it('an object that is not found is missed, its edge as well, also where it is undecided', () => {
    expect(errors(object, drawn())).toEqual([{ label: 1, kind: 'missed-object', pixels: 100 }]);
    expect(errors(object, drawn([5, 5, 10, 10, 255]))).toEqual([{ label: 1, kind: 'missed-object', pixels: 100 }]);
    expect(errors(drawn([5, 5, 1, 20, 2]), drawn())).toEqual([{ label: 2, kind: 'missed-object', pixels: 20 }]);
  });

  it('of two objects of a class, each is looked at by itself', () => {
    const two = drawn([2, 2, 10, 10, 1], [15, 15, 5, 5, 1]);
    expect(errors(two, drawn([2, 2, 10, 10, 1]))).toEqual([{ label: 1, kind: 'missed-object', pixels: 25 }]);
  });

  it('an object where there is none of its class is invented', () => {
    expect(errors(drawn(), object)).toEqual([{ label: 1, kind: 'invented-object', pixels: 100 }]);
    const beside = drawn([5, 5, 10, 10, 1], [20, 20, 4, 4, 2]);
    expect(errors(object, beside)).toEqual([{ label: 2, kind: 'invented-object', pixels: 16 }]);
  });

  it('an object of another class is wrong', () => {
    expect(errors(object, drawn([5, 5, 10, 10, 2]))).toEqual([{ label: 1, kind: 'wrong-class', pixels: 100 }]);
  });

  it('a rim too narrow or too wide by the strip is a matter of boundaries', () => {
    expect(errors(object, drawn([6, 6, 8, 8, 1]))).toEqual([{ label: 1, kind: 'boundary', pixels: 36 }]);
    expect(errors(object, drawn([4, 4, 12, 12, 1]))).toEqual([{ label: 1, kind: 'boundary', pixels: 44 }]);
    expect(errors(object, drawn([2, 5, 13, 10, 1]))).toEqual([
      { label: 1, kind: 'invented-object', pixels: 20 },
      { label: 1, kind: 'boundary', pixels: 10 },
    ]);
  });

  it('two objects that touch may differ by the strip in where one ends', () => {
    const [truth, mask] = [drawn([5, 5, 10, 10, 1], [15, 5, 10, 10, 2]), drawn([5, 5, 9, 10, 1], [14, 5, 11, 10, 2])];
    expect(errors(truth, mask)).toEqual([{ label: 1, kind: 'boundary', pixels: 10 }]);
  });

  it('an object of which less than half is found lacks a part, its rim as well', () => {
    expect(errors(object, drawn([5, 5, 10, 4, 1]))).toEqual([{ label: 1, kind: 'part-only', pixels: 60 }]);
  });

  it('an object of which most is found lacks what is not at its edge', () => {
    const hole = drawn([5, 5, 10, 10, 1], [8, 8, 3, 3, 0]);
    expect(errors(object, hole)).toEqual([{ label: 1, kind: 'part-only', pixels: 9 }]);
  });

  it('every wrong pixel has one kind, and no other has any', () => {
    fc.assert(
      fc.property(labelPair(3), ({ truth, mask }) => {
        const { kinds, about } = errorMap(truth, mask);
        const folded = undecidedAsBackground(confusionOf(truth, mask, 3));
        const wrong = folded.counts.reduce((sum, count, at) => (at % 4 === 0 ? sum : sum + count), 0);
        expect(kinds.filter((kind) => kind > 0)).toHaveLength(wrong);
        expect(errors(truth, mask).reduce((sum, { pixels }) => sum + pixels, 0)).toBe(wrong);
        kinds.forEach((kind, i) => {
          const given = mask.data[i] === 255 ? 0 : mask.data[i];
          expect(kind > 0).toBe(truth.data[i] !== 255 && truth.data[i] !== given);
          if (kind > 0) expect([truth.data[i], given]).toContain(about[i]);
        });
      }),
      { seed: 8 },
    );
  });

  it('maps of different sizes are refused', () => {
    expect(() => countErrors(object, map(2, 1, [0, 0]))).toThrow(/2x1/);
  });
});
