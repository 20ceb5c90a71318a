import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropImage, mirror } from '../../../../../electron/engine/images/index.js';
import { byteImages, floatMaps, rgbImages } from './arbitraries.js';

describe('mirror', () => {
  it('done twice changes nothing, whatever the channels', () => {
    fc.assert(
      fc.property(fc.oneof(byteImages(), rgbImages(), floatMaps()), (image) => {
        expect(mirror(mirror(image))).toEqual(image);
      }),
      { seed: 21 },
    );
  });

  it('swaps left and right, not channels or rows', () => {
    const image = { width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) };
    expect([...mirror(image).data]).toEqual([4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9]);
  });
});

describe('cropImage', () => {
  it('takes every pixel from its place', () => {
    const image = { width: 4, height: 3, data: Float32Array.from({ length: 12 }, (_, i) => i) };
    const crop = cropImage(image, { x: 1, y: 1, width: 2, height: 2 });
    expect(crop).toEqual({ width: 2, height: 2, data: Float32Array.of(5, 6, 9, 10) });
  });

  it('of the whole is a copy', () => {
    fc.assert(
      fc.property(rgbImages(), (image) => {
        const copy = cropImage(image, { x: 0, y: 0, width: image.width, height: image.height });
        expect(copy).toEqual(image);
        expect(copy.data).not.toBe(image.data);
      }),
      { seed: 22, numRuns: 30 },
    );
  });

  it('refuses what reaches outside', () => {
    const image = { width: 4, height: 3, data: new Uint8Array(12) };
    expect(() => cropImage(image, { x: 3, y: 0, width: 2, height: 1 })).toThrow(RangeError);
    expect(() => cropImage(image, { x: 0, y: -1, width: 1, height: 1 })).toThrow(RangeError);
    expect(() => cropImage(image, { x: 0, y: 0, width: 0, height: 1 })).toThrow(RangeError);
  });
});
