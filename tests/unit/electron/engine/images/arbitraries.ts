import fc from 'fast-check';
import type { ByteImage, FloatMap, LabelMap, RgbImage } from '../../../../../shared/types.js';

const sides = (max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

function images(channels: number, max: number): fc.Arbitrary<ByteImage> {
  return sides(max).chain(([width, height]) => {
    const length = width * height * channels;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((data) => ({ width, height, data }));
  });
}

/** Maps of one byte a pixel, up to `max` pixels a side. */
export const byteImages = (max = 12): fc.Arbitrary<ByteImage> => images(1, max);

/** Photos up to `max` pixels a side. */
export const rgbImages = (max = 12): fc.Arbitrary<RgbImage> => images(3, max);

/** Signed float maps up to `max` positions a side. */
export const floatMaps = (max = 12): fc.Arbitrary<FloatMap> =>
  images(1, max).map(({ width, height, data }) => ({
    width,
    height,
    data: Float32Array.from(data, (v) => v / 16 - 8),
  }));

/** Label maps with pieces, holes and corners that touch: few labels, background and 255 among them. */
export const labelMaps = (max = 12): fc.Arbitrary<LabelMap> =>
  sides(max).chain(([width, height]) => {
    const length = width * height;
    const label = fc.constantFrom(0, 0, 1, 1, 1, 2, 255);
    return fc.array(label, { minLength: length, maxLength: length }).map((labels) => ({
      width,
      height,
      data: Uint8Array.from(labels),
    }));
  });
