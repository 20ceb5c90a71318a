import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelAdaptive } from '../../../../../../../electron/engine/learn/localize/refine/pixelAdaptive.js';
import type { FloatMap, RgbImage } from '../../../../../../../shared/types.js';

const imageOf = (width: number, height: number, colourAt: (x: number, y: number) => number[]): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return colourAt(pixel % width, Math.floor(pixel / width))[i % 3];
  }),
});

const mapOf = (width: number, height: number, valueAt: (x: number, y: number) => number): FloatMap => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => valueAt(i % width, Math.floor(i / width))),
});

/** One round by the formula, a pixel at a time in double precision. */
function naiveRound({ data }: FloatMap, photo: RgbImage): number[] {
  const { width, height } = photo;
  const clamp = (value: number, end: number): number => Math.max(0, Math.min(end - 1, value));
  return Array.from(data, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const neighbours: number[] = [];
    for (const d of [1, 2, 4, 8, 12, 24]) {
      for (const dy of [-d, 0, d]) {
        for (const dx of [-d, 0, d]) {
          if (dx || dy) neighbours.push(clamp(y + dy, height) * width + clamp(x + dx, width));
        }
      }
    }
    const distances = neighbours.map((j) => {
      let distance = 0;
      for (let c = 0; c < 3; c++) {
        const colours = neighbours.map((k) => photo.data[k * 3 + c]);
        const mean = colours.reduce((a, b) => a + b) / colours.length;
        const variance = colours.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (colours.length - 1);
        const difference = Math.abs(photo.data[i * 3 + c] - photo.data[j * 3 + c]);
        distance += difference / (0.1 * Math.sqrt(variance) + 255e-8) / 3;
      }
      return distance;
    });
    const nearest = Math.min(...distances);
    const weights = distances.map((distance) => Math.exp(nearest - distance));
    const sum = weights.reduce((a, b) => a + b);
    return neighbours.reduce((value, j, n) => value + (weights[n] / sum) * data[j], 0);
  });
}

describe('pixel-adaptive refinement', () => {
  const noisy = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([width, height]) =>
    fc.record({
      photo: fc
        .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
        .map((data) => ({ width, height, data })),
      map: fc
        .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: width * height, maxLength: width * height })
        .map((values) => ({ width, height, data: Float32Array.from(values) })),
    }),
  );

  it('is what the formula says', () => {
    fc.assert(
      fc.property(noisy, ({ photo, map }) => {
        const [refined] = pixelAdaptive([map], photo, 1);
        naiveRound(map, photo).forEach((value, i) => expect(refined.data[i]).toBeCloseTo(value, 4));
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('stays within the range of the map, and leaves a constant map as it is', () => {
    fc.assert(
      fc.property(noisy, fc.integer({ min: 0, max: 4 }), ({ photo, map }, rounds) => {
        const [refined, flat] = pixelAdaptive([map, { ...map, data: map.data.map(() => 0.5) }], photo, rounds);
        expect(Math.max(...refined.data)).toBeLessThanOrEqual(Math.max(...map.data) + 1e-5);
        expect(Math.min(...refined.data)).toBeGreaterThanOrEqual(Math.min(...map.data) - 1e-5);
        flat.data.forEach((value) => expect(value).toBeCloseTo(0.5, 5));
      }),
      { seed: 12, numRuns: 40 },
    );
  });

  it('spreads a map over what has its colour and takes it back from what has not', () => {
    // A red square on grey; the map covers its left half and as much of the grey beside it.
    const inside = (x: number, y: number): boolean => x >= 16 && x < 32 && y >= 16 && y < 32;
    const photo = imageOf(48, 48, (x, y) => (inside(x, y) ? [200, 40, 40] : [110, 110, 110]));
    const map = mapOf(48, 48, (x, y) => Number(x >= 8 && x < 24 && y >= 16 && y < 32));
    const [{ data }] = pixelAdaptive([map], photo, 10);
    const at = (x: number, y: number): number => data[y * 48 + x];
    for (const x of [17, 23, 24, 30]) expect(at(x, 24)).toBeGreaterThan(2 * at(10, 24));
  });

  it('copies under no iterations and gives the same bytes twice', () => {
    const photo = imageOf(20, 10, (x, y) => [x * 9, y * 20, 5]);
    const map = mapOf(20, 10, (x) => x / 20);
    expect(pixelAdaptive([map], photo, 0)[0]).toEqual(map);
    expect(pixelAdaptive([map], photo, 3)).toEqual(pixelAdaptive([map], photo, 3));
  });
});
