import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import sharp, { type Sharp } from 'sharp';
import { damagedImage } from '../../../../electron/engine/images/file-errors.js';
import { decodeBmp } from '../../../../electron/engine/images/bmp.js';
import { wholeBaselineJpeg } from '../../../../electron/engine/images/jpeg.js';
import {
  checkPhoto,
  decodeLabelMap,
  decodeNpy,
  decodePhoto,
  encodeGrey,
  encodeLabelMap,
  encodeNpy,
  readGrey,
} from '../../../../electron/engine/images/index.js';
import { soundPngSize } from '../../../../electron/engine/images/png-size.js';
import { rleFromText, rleToText } from '../../../../electron/engine/images/rle/index.js';
import { readTruthMap } from '../../../../electron/engine/images/truth/index.js';
import { vocPalette } from '../../../../shared/palette.js';
import { ofFile, texts, type ForeignParser } from '../parser.js';
import { flatJpeg, forgedPng, forgedTiff, pngHeader, pngOf } from '../pictures.js';

const [width, height] = [6, 4];
const labels = { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => i % 3) };
const ramp = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 11) % 251);
const photo = (): Sharp => sharp(ramp, { raw: { width, height, channels: 3 } });

/** BMPs of every depth, written by another program. */
const bmps = (): Uint8Array[] => {
  const file = new URL('../../../unit/electron/engine/images/bmp-pillow.json', import.meta.url);
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, ...unknown[]]>;
  return Object.values(all).map(([hex]) => Buffer.from(hex, 'hex'));
};

const pngs = (): Uint8Array[] => [
  encodeLabelMap(labels),
  encodeGrey(labels),
  encode({ width, height, data: ramp, channels: 3, depth: 8 }),
  encode({ width: 2, height: 2, data: Uint16Array.of(1, 2, 3, 65535), channels: 1, depth: 16 }),
];

/** What every photo goes through: the check of an import, and the decoder. */
const asPhoto = (ending: string): ForeignParser['parse'] =>
  ofFile(`photo${ending}`, async (file) => [await checkPhoto(file), await decodePhoto(file, 2 ** 20)]);

const photoKinds: [string, () => Sharp, share?: number][] = [
  ['.jpg', () => photo().jpeg()],
  ['.png', () => photo().png()],
  ['.webp', () => photo().webp()],
  ['.tiff', () => photo().tiff({ compression: 'lzw' })],
  ['.gif', () => photo().gif(), 0.2],
  ['.avif', () => photo().avif(), 0.1],
];

/** Pictures, and masks in other forms. */
export const pictureParsers: readonly ForeignParser[] = [
  { name: 'label map (PNG)', valid: pngs, parse: (bytes) => decodeLabelMap(bytes, 'map.png') },
  {
    // Checksums stop most broken PNGs before anything else is looked at: here they are right.
    name: 'pixels of a PNG',
    valid: () => [new Uint8Array((width + 1) * height)],
    parse: (bytes) => decodeLabelMap(forgedPng(width, height, deflateSync(bytes)), 'map.png'),
  },
  {
    name: 'header of a PNG',
    valid: () => [pngHeader(width, height)],
    parse(bytes) {
      const header = Buffer.alloc(13);
      header.set(bytes.subarray(0, 13));
      const pixels = deflateSync(new Uint8Array((width + 1) * height));
      return decodeLabelMap(pngOf(['IHDR', header], ['IDAT', pixels], ['IEND', Buffer.alloc(0)]), 'map.png');
    },
  },
  {
    name: 'ground truth (PNG)',
    valid: pngs,
    parse: ofFile('truth.png', (file) => readTruthMap(file, { convention: 'voc', classes: 20, palette: vocPalette() })),
    share: 0.1,
  },
  { name: 'grey map (PNG)', valid: pngs, parse: ofFile('grey.png', readGrey), share: 0.1 },
  { name: 'BMP', valid: bmps, parse: (bytes) => decodeBmp(bytes, (why) => damagedImage('x.bmp', why)) },
  { name: 'photo .bmp', valid: bmps, parse: asPhoto('.bmp'), share: 0.2 },
  {
    name: 'structure of a JPEG',
    valid: async () => [flatJpeg(24, 16), await photo().jpeg().toBuffer()],
    parse: wholeBaselineJpeg,
  },
  { name: 'structure of a PNG', valid: pngs, parse: (bytes) => soundPngSize(Buffer.from(bytes)) },
  ...photoKinds.map(([ending, made, share = 0.3]): ForeignParser => {
    const valid = async (): Promise<Uint8Array[]> => [
      await made().toBuffer(),
      ...(ending === '.tiff' ? [forgedTiff(width, height)] : []),
    ];
    return { name: `photo ${ending}`, valid, parse: asPhoto(ending), share };
  }),
  {
    name: 'float map (.npy)',
    valid: () => [encodeNpy({ shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) })],
    parse: (bytes) => decodeNpy(bytes, 'map.npy'),
  },
  {
    name: "COCO's run lengths",
    valid: texts(rleToText({ width: 6, height: 4, counts: [3, 5, 2, 7, 1, 6] }), '0X1'),
    parse: (bytes) => rleFromText(Buffer.from(bytes).toString('utf8'), 6, 4),
  },
];
