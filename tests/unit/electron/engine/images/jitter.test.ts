import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  jitterColours,
} from '../../../../../electron/engine/images/index.js';
import { rgbImages } from './arbitraries.js';

const photo = {
  width: 6,
  height: 1,
  data: Uint8Array.of(255, 0, 0, 10, 200, 30, 12, 34, 250, 128, 128, 128, 200, 150, 40, 90, 20, 160),
};
/** What Pillow's ImageEnhance, and its HSV conversion as torchvision uses it, make of that photo. */
const pillow = {
  brighter: [255, 0, 0, 13, 255, 39, 15, 44, 255, 166, 166, 166, 255, 195, 52, 116, 26, 208],
  flatter: [207, 29, 29, 36, 169, 50, 37, 53, 204, 119, 119, 119, 169, 134, 57, 92, 43, 141],
  richer: [255, 0, 0, 0, 222, 1, 0, 28, 255, 128, 128, 128, 214, 149, 6, 99, 8, 190],
  turned: [255, 150, 0, 10, 200, 140, 130, 13, 250, 128, 128, 128, 157, 200, 40, 160, 20, 148],
  turnedBack: [138, 0, 255, 200, 126, 10, 13, 250, 113, 128, 128, 128, 200, 40, 164, 20, 158, 160],
};

describe('colour adjustments', () => {
  it('equal Pillow', () => {
    expect([...adjustBrightness(photo, 1.3).data]).toEqual(pillow.brighter);
    expect([...adjustContrast(photo, 0.7).data]).toEqual(pillow.flatter);
    expect([...adjustSaturation(photo, 1.3).data]).toEqual(pillow.richer);
    expect([...adjustHue(photo, 0.1).data]).toEqual(pillow.turned);
    expect([...adjustHue(photo, -0.25).data]).toEqual(pillow.turnedBack);
  });

  it('by a factor of 1 change nothing', () => {
    fc.assert(
      fc.property(rgbImages(), fc.constantFrom(adjustBrightness, adjustContrast, adjustSaturation), (image, adjust) => {
        expect(adjust(image, 1)).toEqual(image);
      }),
      { seed: 41 },
    );
  });

  it('by a factor of 0 give black, and grey', () => {
    expect(new Set(adjustBrightness(photo, 0).data)).toEqual(new Set([0]));
    expect(new Set(adjustContrast(photo, 0).data).size).toBe(1);
    const { data } = adjustSaturation(photo, 0);
    for (let i = 0; i < data.length; i += 3) expect([data[i + 1], data[i + 2]]).toEqual([data[i], data[i]]);
  });
});

describe('jitterColours', () => {
  const factors = [0.3, 0.3, 0.3, 0.1];

  it('repeats with the seed, differs between seeds, and leaves its input alone', () => {
    const before = photo.data.slice();
    const of = (seed: string): number[] => [...jitterColours(photo, factors, seedrandom.alea(seed)).data];
    expect(of('a')).toEqual(of('a'));
    expect(of('a')).not.toEqual(of('b'));
    expect(photo.data).toEqual(before);
  });

  it('takes as many random numbers whatever the factors', () => {
    const drawn = [[], [0, 0, 0, 0], factors].map((some) => {
      let count = 0;
      jitterColours(photo, some, () => (count++ % 10) / 10);
      return count;
    });
    expect(drawn).toEqual([7, 7, 7]);
  });

  it('without factors is the identity', () => {
    expect(jitterColours(photo, [0, 0, 0, 0], Math.random)).toEqual(photo);
    expect(jitterColours(photo, [], Math.random)).toEqual(photo);
  });

  it('draws brightness from 1 - f .. 1 + f', () => {
    const white = { width: 1, height: 1, data: Uint8Array.of(100, 100, 100) };
    const rng = seedrandom.alea('range');
    const values = Array.from({ length: 300 }, () => jitterColours(white, [0.3, 0, 0, 0], rng).data[0]);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(69);
    expect(Math.max(...values)).toBeLessThanOrEqual(130);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(50);
  });
});
