import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  checkRle,
  decodeRle,
  encodeRle,
  paintRle,
  rleFromText,
  rleToText,
} from '../../../../../../electron/engine/images/rle/index.js';
import type { ByteImage } from '../../../../../../shared/types.js';
import { byteImages } from '../arbitraries.js';

const SEED = 20240607;

/** Masks with runs of every length. */
const masks = byteImages(16).map(({ width, height, data }): ByteImage => ({ width, height, data: data.map((v) => (v > 127 ? 1 : 0)) })); // prettier-ignore

const damaged = (message: RegExp): object =>
  expect.objectContaining({ code: 'file-damaged', message: expect.stringMatching(message) });

describe('run lengths', () => {
  it('go down the columns, outside first', () => {
    // 1 0 0
    // 1 1 0
    const mask = { width: 3, height: 2, data: Uint8Array.of(1, 0, 0, 1, 1, 0) };
    expect(encodeRle(mask)).toEqual({ width: 3, height: 2, counts: [0, 2, 1, 1, 2] });
    expect(areaOf(encodeRle(mask))).toBe(3);
    expect(encodeRle(mask, 0).counts).toEqual([2, 1, 1, 2]);
  });

  it('come back as the mask they were made of, also as text', () => {
    const same = (mask: ByteImage): void => {
      const rle = encodeRle(mask);
      expect(decodeRle(rle)).toEqual(mask);
      expect(rleFromText(rleToText(rle), mask.width, mask.height)).toEqual(rle);
    };
    fc.assert(fc.property(masks, same), { seed: SEED });
  });

  it('paint over what is there and leave the rest', () => {
    const map = { width: 2, height: 2, data: Uint8Array.of(7, 7, 7, 7) };
    paintRle(map, { width: 2, height: 2, counts: [1, 2, 1] }, 3);
    expect([...map.data]).toEqual([7, 3, 3, 7]);
    expect(() => paintRle(map, { width: 3, height: 2, counts: [6] }, 3)).toThrow(RangeError);
  });

  it.each([
    ['too many pixels', [3, 4], /more than the 6 pixels/],
    ['too few pixels', [3, 2], /5 of the 6 pixels/],
    ['a negative run', [2, -1], /-1 is not/],
    ['a fraction', [2.5, 3.5], /2.5 is not/],
    ['no number', [NaN], /NaN is not/],
    ['nothing', [], /0 of the 6 pixels/],
  ])('are refused with %s', (_, counts, message) => {
    expect(() => decodeRle({ width: 3, height: 2, counts })).toThrow(damaged(message));
  });

  it.each([
    [0, 5],
    [-2, -3],
    [1.5, 2],
    [2 ** 20, 2 ** 20],
  ])('are refused for a size of %s x %s', (width, height) => {
    expect(() => checkRle({ width, height, counts: [width * height] })).toThrow(damaged(/is not the size/));
  });
});

describe('text of run lengths', () => {
  it('takes numbers of several characters, and negative differences', () => {
    const rle = { width: 1000, height: 1000, counts: [0, 500_000, 7, 3, 499_990] };
    expect(rleFromText(rleToText(rle), 1000, 1000)).toEqual(rle);
  });

  it.each([
    ['cut off inside a number', 'P', /cut off/],
    ['of other characters', '6\u00e9', /other characters/],
    ['a number without end', 'oooooooo', /too long/],
    ['that adds up to too much', '8', /more than the 6/],
    ['with runs that have no pixels, without end', '0'.repeat(10_000), /more runs than/],
  ])('is refused when %s', (_, text, message) => {
    expect(() => rleFromText(text, 3, 2)).toThrow(damaged(message));
  });

  it('never gives anything but runs of the size, whatever the text', () => {
    const either = (text: string): void => {
      try {
        expect(rleFromText(text, 5, 4).counts.reduce((sum, count) => sum + count, 0)).toBe(20);
      } catch (error) {
        expect(error).toMatchObject({ code: 'file-damaged' });
      }
    };
    fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 48, max: 111 }).map((code) => String.fromCharCode(code)) }), either), { seed: SEED }); // prettier-ignore
  });
});
