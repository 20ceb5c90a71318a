import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mirror, resizeBilinear } from '../../../../../electron/engine/images/index.js';
import { byteImages, rgbImages } from './arbitraries.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));

describe('resizeBilinear', () => {
  it('to the same size is the identity', () => {
    fc.assert(
      fc.property(fc.oneof(byteImages(), rgbImages()), (image) => {
        const same = resizeBilinear(image, image.width, image.height);
        expect(same).toEqual(image);
        expect(same.data).not.toBe(image.data);
      }),
      { seed: 31 },
    );
  });

  it('stays within the range of the input', () => {
    fc.assert(
      fc.property(byteImages(), sizes, (image, [width, height]) => {
        const { data } = resizeBilinear(image, width, height);
        expect(data).toHaveLength(width * height);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...image.data));
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...image.data));
      }),
      { seed: 32 },
    );
  });

  it('commutes with mirroring up to rounding', () => {
    fc.assert(
      fc.property(rgbImages(), sizes, (image, [width, height]) => {
        const one = mirror(resizeBilinear(image, width, height)).data;
        const other = resizeBilinear(mirror(image), width, height).data;
        one.forEach((value, i) => expect(Math.abs(value - other[i])).toBeLessThanOrEqual(1));
      }),
      { seed: 33 },
    );
  });

  it('averages all pixels when shrinking', () => {
    const stripes = { width: 8, height: 1, data: Uint8Array.of(0, 200, 0, 200, 0, 200, 0, 200) };
    expect([...resizeBilinear(stripes, 1, 1).data]).toEqual([100]);
  });
});
