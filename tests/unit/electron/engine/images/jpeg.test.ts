import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isWholeBaselineJpeg } from '../../../../../electron/engine/images/jpeg.js';
import { fuzzRuns, fuzzTimeout } from '../../../../support/hostile/runs.js';

const noise = Uint8Array.from({ length: 48 * 40 * 3 }, (_, i) => (Math.imul(i, 2654435761) >>> 16) % 200);
const picture = sharp(noise, { raw: { width: 48, height: 40, channels: 3 } });
const baseline = await picture.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 70 }).toBuffer();
const progressive = await picture.clone().jpeg({ progressive: true }).toBuffer();
const scan = baseline.indexOf(Buffer.from([0xff, 0xda]));

/** Whether the decoder reads the header of a file, and the file to its end. */
const readsHeader = (file: Uint8Array): Promise<boolean> =>
  sharp(file).metadata().then(() => true, () => false); // prettier-ignore
const decodes = (file: Uint8Array): Promise<boolean> =>
  sharp(file, { failOn: 'error' }).raw().toBuffer().then(() => true, () => false); // prettier-ignore

describe('a baseline JPEG', () => {
  it('is whole, with bytes behind its end as well', () => {
    expect(isWholeBaselineJpeg(baseline)).toBe(true);
    expect(isWholeBaselineJpeg(Buffer.concat([baseline, Buffer.alloc(9)]))).toBe(true);
  });

  it('is not whole wherever it is cut', () => {
    for (let length = 0; length < baseline.length; length++) {
      expect(isWholeBaselineJpeg(baseline.subarray(0, length))).toBe(false);
    }
  });

  it('is left to the decoder where it is none', () => {
    expect(isWholeBaselineJpeg(progressive)).toBe(false);
    expect(isWholeBaselineJpeg(Buffer.from('no picture'))).toBe(false);
  });
});

it(
  'what is taken for whole by both header and structure can be decoded, whatever bits are wrong before the pixels',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: scan + 9 }), fc.nat(255), async (at, value) => {
        const file = Buffer.from(baseline);
        file[at] = value;
        if (isWholeBaselineJpeg(file) && (await readsHeader(file))) expect(await decodes(file)).toBe(true);
      }),
      { seed: 31, numRuns: fuzzRuns },
    );
  },
  fuzzTimeout,
);
