import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  checkRle,
  decodeRle,
  encodeRle,
  paintRle,
  polygonToRle,
  rleToText,
} from '../../../../../../electron/engine/images/rle/index.js';

/** Random polygons and what pycocotools 2.0.11 draws of them: `merge(frPyObjects(parts, height, width))`. */
interface Drawn {
  width: number;
  height: number;
  parts: number[][];
  counts: string;
  area: number;
}
const drawn = JSON.parse(readFileSync(new URL('pycocotools.json', import.meta.url), 'utf8')) as Drawn[];

describe('polygonToRle', () => {
  it.each(drawn)('draws to the pixel what pycocotools draws: case %$', ({ width, height, parts, counts, area }) => {
    const map = { width, height, data: new Uint8Array(width * height) };
    for (const corners of parts) paintRle(map, polygonToRle(corners, width, height), 1);
    const rle = encodeRle(map);
    expect(rleToText(rle)).toBe(counts);
    expect(areaOf(rle)).toBe(area);
  });

  it('keeps the hole of a ring that runs to it and back', () => {
    const ring = [0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 3, 3, 3, 6, 6, 6, 6, 3, 3, 3];
    const { data } = decodeRle(polygonToRle(ring, 9, 9));
    expect([data[4 * 9 + 4], data[9 + 4]]).toEqual([0, 1]);
  });

  it('is the same whichever way around', () => {
    const backwards = (corners: readonly number[]): number[] => corners.map((_, i) => corners[corners.length - (i % 2 === 0 ? i + 2 : i)]); // prettier-ignore
    for (const { width, height, parts } of drawn) {
      expect(polygonToRle(backwards(parts[0]), width, height)).toEqual(polygonToRle(parts[0], width, height));
    }
  });

  it('fills the size with runs, whatever the corners', () => {
    const corners = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 6, maxLength: 40 });
    const fills = (list: number[]): void => {
      const rle = polygonToRle(list.slice(0, list.length & ~1), 13, 17);
      expect(checkRle(rle)).toEqual(rle);
    };
    fc.assert(fc.property(corners, fills), { seed: 20240607 });
  });

  it.each([
    ['an odd number of coordinates', [0, 0, 5, 0, 5, 5, 0], /odd number/],
    ['two corners', [0, 0, 5, 5], /2 corners/],
    ['no corners', [], /0 corners/],
    ['NaN', [0, 0, 5, NaN, 5, 5], /NaN/],
    ['infinity', [0, 0, 5, Infinity, 5, 5], /Infinity/],
    ['a place far away', [0, 0, 5, 1e12, 5, 5], /1000000000000/],
    ['an outline that never ends', Array.from({ length: 64 }, (_, i) => (i % 4 < 2 ? 0 : 3e6)), /too long/],
  ])('refuses %s', (_, corners, message) => {
    expect(() => polygonToRle(corners, 9, 9)).toThrow(
      expect.objectContaining({ code: 'file-damaged', message: expect.stringMatching(message) }),
    );
  });
});
