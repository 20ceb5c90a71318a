import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { wholeBaselineJpeg } from '../../../../../electron/engine/images/jpeg.js';
import { fuzzRuns, fuzzTimeout } from '../../../../support/hostile/runs.js';

const [width, height] = [48, 40];
const noise = Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.imul(i, 2654435761) >>> 16) % 200);
const picture = sharp(noise, { raw: { width, height, channels: 3 } });
const baseline = await picture.clone().jpeg({ quality: 70 }).toBuffer();
const turned = await picture.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 70 }).toBuffer();
const progressive = await picture.clone().jpeg({ progressive: true }).toBuffer();

/** Size and orientation as the decoder sees them, once it has decoded the file to its end; null where it cannot. */
async function decoded(file: Uint8Array): Promise<{ width: number; height: number; orientation: number } | null> {
  try {
    await sharp(file, { failOn: 'error' }).raw().toBuffer();
    const { width, height, orientation = 1 } = await sharp(file).metadata();
    return { width, height, orientation };
  } catch {
    return null;
  }
}

describe('a baseline JPEG', () => {
  it('is whole, with bytes behind its end as well', () => {
    expect(wholeBaselineJpeg(baseline)).toEqual({ width, height, exif: false });
    expect(wholeBaselineJpeg(Buffer.concat([baseline, Buffer.alloc(9)]))).toEqual({ width, height, exif: false });
  });

  it('tells whether it holds EXIF data', () => {
    expect(wholeBaselineJpeg(turned)).toEqual({ width, height, exif: true });
  });

  it('may be grey or have four colours', async () => {
    for (const space of ['b-w', 'cmyk']) {
      const file = await picture.clone().toColourspace(space).jpeg().toBuffer();
      expect(wholeBaselineJpeg(file)).toMatchObject({ width, height });
    }
  });

  it('is not whole wherever it is cut', () => {
    for (let length = 0; length < baseline.length; length++) {
      expect(wholeBaselineJpeg(baseline.subarray(0, length))).toBeNull();
    }
  });

  it('is left to the decoder where it is none', () => {
    expect(wholeBaselineJpeg(progressive)).toBeNull();
    expect(wholeBaselineJpeg(Buffer.from('no picture'))).toBeNull();
  });
});

it('a sampling of more blocks than decoders take is left to the decoder', async () => {
  const frame = baseline.indexOf(Buffer.from([0xff, 0xc0]));
  const file = Buffer.from(baseline);
  for (const [sampling, takes] of [[0x42, true], [0x44, false]] as const) {
    file[frame + 11] = sampling;
    expect(wholeBaselineJpeg(file) !== null).toBe(takes);
    expect((await decoded(file)) !== null).toBe(takes);
  }
}); // prettier-ignore

it.each([
  ['upright', baseline],
  ['turned', turned],
])(
  'what is taken for whole can be decoded and has the size it says, whatever bits are wrong before the pixels: %s',
  async (_, whole) => {
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: scan + 13 }), fc.nat(255), async (at, value) => {
        const file = Buffer.from(whole);
        file[at] = value;
        const told = wholeBaselineJpeg(file);
        if (told === null) return;
        const { width, height, exif } = told;
        expect(await decoded(file)).toMatchObject({ width, height, ...(exif ? {} : { orientation: 1 }) });
      }),
      { seed: 31, numRuns: fuzzRuns },
    );
  },
  fuzzTimeout,
);
