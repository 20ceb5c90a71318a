import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import {
  decodeLabelMap,
  decodeNpy,
  decodePhoto,
  encodeGrey,
  encodeLabelMap,
  encodeNpy,
  photoHeader,
  readGrey,
  readLabelMap,
} from '../../../../../electron/engine/images/index.js';
import { vocPalette } from '../../../../../shared/palette.js';
import { byteImages } from './arbitraries.js';

const folder = mkdtempSync(join(tmpdir(), 'comask-images-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
/** 3 wide, 2 high: red, green, blue over black, white, grey. */
const colours = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 128, 128, 128]);
const tiny = sharp(colours, { raw: { width: 3, height: 2, channels: 3 } });

describe('photos', () => {
  it('decodes RGB, shows white behind what is transparent, and repeats grey', async () => {
    const rgb = fileOf('rgb.png', await tiny.clone().png().toBuffer());
    expect(await decodePhoto(rgb)).toEqual({ width: 3, height: 2, data: new Uint8Array(colours) });
    const clear = fileOf('clear.png', await tiny.clone().ensureAlpha(0.5).png().toBuffer());
    const half = colours.map((value) => Math.trunc((value * 127 + 255 * 128) / 255));
    expect(await decodePhoto(clear)).toEqual({ width: 3, height: 2, data: new Uint8Array(half) });
    const grey = fileOf('grey.png', encodeGrey({ width: 2, height: 1, data: Uint8Array.of(7, 200) }));
    expect((await decodePhoto(grey)).data).toEqual(Uint8Array.of(7, 7, 7, 200, 200, 200));
  });

  it('decodes 16 bits and CMYK', async () => {
    const deep = encode({ width: 1, height: 1, data: Uint16Array.of(0xff00, 0x8000, 0), channels: 3, depth: 16 });
    expect([...(await decodePhoto(fileOf('deep.png', deep))).data]).toEqual([255, 128, 0]);
    const cmyk = fileOf('cmyk.jpg', await tiny.clone().toColourspace('cmyk').jpeg().toBuffer());
    expect((await decodePhoto(cmyk)).data).toHaveLength(18);
  });

  it('decodes an indexed PNG by its colours', async () => {
    const path = fileOf('indexed.png', encodeLabelMap({ width: 2, height: 1, data: Uint8Array.of(1, 15) }));
    expect((await decodePhoto(path)).data).toEqual(Uint8Array.of(128, 0, 0, 192, 128, 128));
  });

  it('turns upright by EXIF orientation', async () => {
    const turned = fileOf('turned.png', await tiny.clone().withMetadata({ orientation: 6 }).png().toBuffer());
    const photo = await decodePhoto(turned);
    expect(photo).toMatchObject({ width: 2, height: 3 });
    expect([...photo.data.subarray(0, 6)]).toEqual([0, 0, 0, 255, 0, 0]);
    expect(await photoHeader(turned)).toMatchObject({ width: 2, height: 3 });
  });

  it('names missing and damaged files', async () => {
    const missing = join(folder, 'missing.jpg');
    await expect(decodePhoto(missing)).rejects.toMatchObject({ code: 'file-missing', file: missing });
    await expect(photoHeader(missing)).rejects.toMatchObject({ code: 'file-missing', file: missing });
    const text = fileOf('text.jpg', Buffer.from('not a photo'));
    await expect(decodePhoto(text)).rejects.toMatchObject({ code: 'file-damaged', file: text });
    await expect(photoHeader(text)).rejects.toMatchObject({ code: 'file-damaged', file: text });
    await expect(decodePhoto(fileOf('empty.jpg', Buffer.of()))).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('takes a JPEG that is cut short for damaged', async () => {
    const noise = Buffer.from(Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256));
    const jpeg = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    const path = fileOf('cut.jpg', jpeg);
    truncateSync(path, Math.floor(jpeg.length / 2));
    await expect(decodePhoto(path)).rejects.toMatchObject({ code: 'file-damaged', file: path });
  });
});

describe('grey maps', () => {
  it('come back as written', async () => {
    await fc.assert(
      fc.asyncProperty(byteImages(), async (image) => {
        expect(await readGrey(fileOf('map.png', encodeGrey(image)))).toEqual(image);
      }),
      { seed: 11, numRuns: 30 },
    );
  });

  it('are read from 16 bits, from colours, and from palettes', async () => {
    const deep = encode({ width: 3, height: 1, data: Uint16Array.of(0, 0x80ff, 0xffff), channels: 1, depth: 16 });
    expect([...(await readGrey(fileOf('deep.png', deep))).data]).toEqual([0, 0x80, 255]);
    const rgb = await readGrey(fileOf('rgb-map.png', await tiny.clone().png().toBuffer()));
    expect([...rgb.data]).toEqual([76, 150, 29, 0, 255, 128]);
    const palette = [
      [9, 9, 9],
      [200, 200, 200],
    ];
    const indexed = encode({ width: 2, height: 1, data: Uint8Array.of(1, 0), channels: 1, depth: 8, palette });
    expect([...(await readGrey(fileOf('indexed-map.png', indexed))).data]).toEqual([200, 9]);
  });

  it('names missing and damaged files', async () => {
    await expect(readGrey(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'file-missing' });
    const path = fileOf('cut.png', encodeGrey({ width: 9, height: 9, data: new Uint8Array(81).fill(3) }));
    truncateSync(path, 50);
    await expect(readGrey(path)).rejects.toMatchObject({ code: 'file-damaged' });
  });
});

describe('label maps', () => {
  it('come back as written', () => {
    fc.assert(
      fc.property(byteImages(), (map) => {
        expect(decodeLabelMap(encodeLabelMap(map), 'map.png')).toEqual(map);
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  it('keep the values of grey files', async () => {
    const map = { width: 3, height: 1, data: Uint8Array.of(0, 20, 255) };
    expect(await readLabelMap(fileOf('labels.png', encodeGrey(map)))).toEqual(map);
  });

  it.each([1, 2, 4] as const)('unpack %i-bit indices row by row', (depth) => {
    const width = 5;
    const labels = Uint8Array.from({ length: width * 2 }, (_, i) => (i * 3 + 1) % (1 << depth));
    const stride = Math.ceil((width * depth) / 8);
    const packed = new Uint8Array(stride * 2);
    labels.forEach((label, i) => {
      const [row, bit] = [Math.floor(i / width) * stride, (i % width) * depth];
      packed[row + (bit >> 3)] |= label << (8 - depth - (bit & 7));
    });
    // Grey, because the encoder writes palettes of 8 bits only; both are packed alike.
    const file = encode({ width, height: 2, data: packed, channels: 1, depth });
    expect(decodeLabelMap(file, 'map.png')).toEqual({ width, height: 2, data: labels });
  });

  it('refuse colours, depth 16, and damage', async () => {
    const rgb = await tiny.clone().png().toBuffer();
    expect(() => decodeLabelMap(rgb, 'a.png')).toThrow(
      expect.objectContaining({ code: 'file-damaged', file: 'a.png' }),
    );
    const deep = encode({ width: 1, height: 1, data: Uint16Array.of(300), channels: 1, depth: 16 });
    expect(() => decodeLabelMap(deep, 'a.png')).toThrow(/16-bit/);
    const flipped = encodeLabelMap({ width: 9, height: 9, data: new Uint8Array(81) });
    flipped[flipped.length - 20] ^= 1;
    expect(() => decodeLabelMap(flipped, 'a.png')).toThrow(expect.objectContaining({ code: 'file-damaged' }));
    await expect(readLabelMap(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('the palette', () => {
  it('has the colours of PASCAL VOC', () => {
    const palette = vocPalette();
    expect(palette).toHaveLength(256);
    expect(palette[0]).toEqual([0, 0, 0]);
    expect(palette[1]).toEqual([128, 0, 0]);
    expect(palette[20]).toEqual([0, 64, 128]);
    expect(palette[255]).toEqual([224, 224, 192]);
    expect(new Set(palette.map(String)).size).toBe(256);
  });
});

describe('.npy', () => {
  it('comes back as written', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.float({ noNaN: true }), (shape, first) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const array = { shape, data: Float32Array.from({ length }, (_, i) => first + i) };
        const bytes = encodeNpy(array);
        expect(decodeNpy(bytes)).toEqual(array);
        expect((bytes.length - 4 * length) % 64).toBe(0);
      }),
      { seed: 13 },
    );
  });

  it('has the header that numpy writes', () => {
    const text = Buffer.from(encodeNpy({ shape: [2], data: Float32Array.of(1, 2) })).toString('latin1');
    expect(text).toMatch(
      /^\u0093NUMPY\u0001\u0000v\u0000\{'descr': '<f4', 'fortran_order': False, 'shape': \(2,\), \} *\n/,
    );
  });

  it('refuses other numbers, and files cut short', () => {
    const good = encodeNpy({ shape: [3], data: Float32Array.of(1, 2, 3) });
    expect(() => decodeNpy(good.subarray(0, good.length - 1), 'a.npy')).toThrow(
      expect.objectContaining({ code: 'file-damaged', file: 'a.npy' }),
    );
    expect(() => decodeNpy(good.subarray(0, 4))).toThrow(/signature/);
    const as = (type: string): Buffer =>
      Buffer.from(Buffer.from(good).toString('latin1').replace('<f4', type), 'latin1');
    expect(() => decodeNpy(as('<i4'))).toThrow(/float32/);
    expect(() => decodeNpy(as('>f4'))).toThrow(/float32/);
    expect(() => decodeNpy(as('<f8'))).toThrow(/type f8 has not the data/);
  });
});
