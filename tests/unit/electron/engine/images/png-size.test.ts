import fc from 'fast-check';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { soundPngSize } from '../../../../../electron/engine/images/png-size.js';
import { fuzzRuns, fuzzTimeout } from '../../../../support/hostile/runs.js';

const [width, height] = [7, 5];
const map = Uint8Array.from({ length: width * height }, (_, i) => i % 21);
const indexed = Buffer.from(encodeLabelMap({ width, height, data: map }));

describe('a PNG', () => {
  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['a label map', () => indexed],
    ['grey', () => Buffer.from(encode({ width, height, data: map, channels: 1 }))],
    ['16 bits', () => Buffer.from(encode({ width, height, data: Uint16Array.from(map), channels: 1, depth: 16 }))],
    [
      'interlaced',
      () =>
        sharp(map, { raw: { width, height, channels: 1 } })
          .png({ progressive: true })
          .toBuffer(),
    ],
  ])('tells its size: %s', async (_, bytes) => {
    expect(soundPngSize(await bytes())).toEqual({ width, height });
  });

  it('is left to the decoder where it may tell an orientation', async () => {
    const turned = sharp(map, { raw: { width, height, channels: 1 } }).withMetadata({ orientation: 6 });
    expect(soundPngSize(await turned.png().toBuffer())).toBeNull();
  });

  it('is left to the decoder wherever it is cut', () => {
    for (let length = 0; length < indexed.length; length++)
      expect(soundPngSize(indexed.subarray(0, length))).toBeNull();
  });

  it(
    'is left to the decoder wherever a byte is wrong',
    () => {
      fc.assert(
        fc.property(fc.nat(indexed.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
          const file = Buffer.from(indexed);
          file[at] ^= difference;
          expect(soundPngSize(file)).toBeNull();
        }),
        { seed: 32, numRuns: fuzzRuns },
      );
    },
    fuzzTimeout,
  );
});
