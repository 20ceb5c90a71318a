import { mkdirSync, symlinkSync } from 'node:fs';
import { encode } from 'fast-png';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  checkPhoto,
  decodePhoto,
  photoHeader,
  turnUpright,
  uprightMask,
} from '../../../../../electron/engine/images/index.js';
import { flatJpeg } from '../../../../support/hostile/pictures.js';
import { put } from '../../../../support/dataset.js';
import { temporaryFolder } from '../../../../support/folder.js';
import pillow from './bmp-pillow.json' with { type: 'json' };

/** 6 wide, 4 high: a ramp in each colour. */
const [width, height] = [6, 4];
const ramp = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 11) % 251);
const raw = { raw: { width, height, channels: 3 } } as const;
const photo = (): Sharp => sharp(ramp, raw);
const deep = Uint16Array.from(ramp, (value) => value * 257);

/** Every kind of photo, and how far its values may be from the ramp's; null: another picture. */
const kinds: [string, () => Promise<Uint8Array> | Uint8Array, number | null][] = [
  ['1.jpg', () => photo().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(), 6],
  ['progressive.jpg', () => photo().jpeg({ quality: 100, chromaSubsampling: '4:4:4', progressive: true }).toBuffer(), 6],
  ['grey.jpg', () => photo().greyscale().jpeg().toBuffer(), null],
  ['cmyk.jpg', () => photo().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(), 60],
  ['8.png', () => photo().png().toBuffer(), 0],
  ['16.png', () => encode({ width, height, data: deep, channels: 3, depth: 16 }), 0],
  ['alpha.png', () => photo().ensureAlpha(1).png().toBuffer(), 0],
  ['grey-alpha.png', () => photo().greyscale().ensureAlpha(0.5).png().toBuffer(), null],
  ['indexed.png', () => photo().png({ palette: true, colours: 256, dither: 0 }).toBuffer(), 8],
  ['interlaced.png', () => photo().png({ progressive: true }).toBuffer(), 0],
  ['lossless.webp', () => photo().webp({ lossless: true }).toBuffer(), 0],
  ['lossy.webp', () => photo().webp({ quality: 100 }).toBuffer(), null],
  ['1.tiff', () => photo().tiff({ compression: 'lzw' }).toBuffer(), 0],
  ['16.tiff', () => photo().toColourspace('rgb16').tiff({ compression: 'deflate' }).toBuffer(), 2],
  ['1.gif', () => photo().gif().toBuffer(), 40],
  ['1.bmp', () => Buffer.from(pillow['24 bits'][0], 'hex'), null],
]; // prettier-ignore

describe.each(kinds)('%s', (name, bytes, tolerance) => {
  it('is checked and decoded to three channels', async () => {
    const path = put(temporaryFolder(), name, await bytes());
    const decoded = await decodePhoto(path);
    expect(decoded.data).toHaveLength(decoded.width * decoded.height * 3);
    expect(await checkPhoto(path)).toMatchObject({ width: decoded.width, height: decoded.height, orientation: 1 });
    expect(await photoHeader(path)).toMatchObject({ width: decoded.width, height: decoded.height });
    if (tolerance === null) return;
    const worst = decoded.data.reduce((most, value, i) => Math.max(most, Math.abs(value - ramp[i])), 0);
    expect(worst).toBeLessThanOrEqual(tolerance);
  });

  it('is found out where its second half is missing', async () => {
    const whole = await bytes();
    const path = put(temporaryFolder(), name, whole.subarray(0, Math.floor(whole.length / 2)));
    await expect(checkPhoto(path)).rejects.toMatchObject({ code: 'file-damaged', file: path });
    await expect(decodePhoto(path)).rejects.toMatchObject({ code: 'file-damaged', file: path });
  });
});

it('a photo of one pixel is a photo', async () => {
  const one = sharp(Uint8Array.of(9, 8, 7), { raw: { width: 1, height: 1, channels: 3 } });
  const path = put(temporaryFolder(), '1.png', await one.png().toBuffer());
  expect(await checkPhoto(path)).toMatchObject({ width: 1, height: 1 });
  expect(await decodePhoto(path, 1)).toEqual({ width: 1, height: 1, data: Uint8Array.of(9, 8, 7) });
});

describe('EXIF orientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i turns photo and mask alike', async (orientation) => {
    const path = put(temporaryFolder(), 'turned.png', await photo().withMetadata({ orientation }).png().toBuffer());
    const decoded = await decodePhoto(path);
    const upright = { width: decoded.width, height: decoded.height };
    expect(await checkPhoto(path)).toEqual({ ...upright, stored: { width, height }, orientation });
    const red = (data: Uint8Array): Uint8Array => data.filter((_, i) => i % 3 === 0);
    const mask = { width, height, data: red(ramp) };
    expect(turnUpright(mask, orientation)).toEqual({ ...upright, data: red(decoded.data) });
    // Of the same size, nobody can tell whether a mask was drawn on the photo as shown: it is taken to be.
    const swaps = orientation >= 5;
    expect(await uprightMask(mask, upright, path)).toEqual(swaps ? { ...upright, data: red(decoded.data) } : mask);
    const drawn = { ...upright, data: red(decoded.data) };
    expect(await uprightMask(drawn, upright, path)).toBe(drawn);
  });

  it('does not turn a mask whose photo stands upright', async () => {
    const path = put(temporaryFolder(), 'upright.png', await photo().png().toBuffer());
    const mask = { width: height, height: width, data: new Uint8Array(24) };
    expect(await uprightMask(mask, { width, height }, path)).toBe(mask);
  });
});

describe('size', () => {
  it('is reduced where fewer pixels are asked for, its proportions kept', async () => {
    const path = put(temporaryFolder(), 'wide.jpg', flatJpeg(1200, 800));
    const { width: w, height: h, data } = await decodePhoto(path, 60_000);
    expect([w, h]).toEqual([300, 200]);
    expect(data).toHaveLength(180_000);
    expect(await decodePhoto(path, 960_000)).toMatchObject({ width: 1200, height: 800 });
  });

  it('is not bounded by a camera of 200 megapixels', async () => {
    const path = put(temporaryFolder(), 'camera.jpg', flatJpeg(16384, 12288));
    expect(await checkPhoto(path)).toMatchObject({ width: 16384, height: 12288 });
    const before = process.memoryUsage.rss();
    expect(await decodePhoto(path, 2 ** 20)).toMatchObject({ width: 1182, height: 886 });
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 2 ** 20);
  });
});

describe('what is no file', () => {
  it('is refused without being read', async () => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/folder.jpg`);
    await expect(checkPhoto(`${folder}/folder.jpg`)).rejects.toMatchObject({ code: 'file-unreadable' });
    symlinkSync('/dev/zero', `${folder}/endless.jpg`);
    await expect(checkPhoto(`${folder}/endless.jpg`)).rejects.toMatchObject({ code: expect.stringMatching(/^file-/) });
    symlinkSync('loop.jpg', `${folder}/loop.jpg`);
    await expect(checkPhoto(`${folder}/loop.jpg`)).rejects.toMatchObject({ code: expect.stringMatching(/^file-/) });
  });
});
