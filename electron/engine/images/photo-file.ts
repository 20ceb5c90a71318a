import { close, open, read, stat } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Sharp } from 'sharp';
import { StudioError } from '../../../shared/errors.js';
import { MAX_PIXELS } from '../../../shared/max-pixels.js';
import { damagedImage, tooLarge } from './file-errors.js';
import { bmpSize, decodeBmp, isBmp } from './bmp.js';
import { sharp } from './sharp.js';

// Two thirds of what file handles and readFile cost, which counts where there are 100,000 small files.
const files = { stat: promisify(stat), open: promisify(open), read: promisify(read), close: promisify(close) };

/** Bytes of a file that is read at once; a larger one the decoder reads piece by piece. */
const AT_ONCE = 2 ** 26;

/**
 * Most pixels that a file of so many bytes may claim: twice what the best packed blank picture of two colours needs a
 * byte, and 4 million in any case. A decoder fills in what a forged header claims for seconds before it finds the end.
 */
export const pixelsIn = (bytes: Buffer | string): number =>
  typeof bytes === 'string' ? MAX_PIXELS : Math.min(MAX_PIXELS, Math.max(2 ** 22, bytes.length * 2 ** 14));

/**
 * The bytes of a file, or its path where it is large. Throws what the file system does, and `file-unreadable` for what
 * is no file: reading a pipe or a device might never end.
 */
export async function photoBytes(path: string): Promise<Buffer | string> {
  const found = await files.stat(path);
  if (found.isFile()) return found.size > AT_ONCE ? path : readBytes(path, found.size);
  throw new StudioError({
    code: 'file-unreadable',
    message: 'this is no file',
    file: path,
    remedy: 'Take it out of the dataset.',
  });
}

/** The first `size` bytes of a file, or all there are. */
async function readBytes(path: string, size: number): Promise<Buffer> {
  const file = await files.open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(size);
    for (let filled = 0; filled < size;) {
      const { bytesRead } = await files.read(file, bytes, filled, size - filled, null);
      if (bytesRead === 0) return bytes.subarray(0, filled);
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await files.close(file);
  }
}

/**
 * A decoder of a photo's first picture. `bytes` are what photoBytes gave. Throws `file-damaged` for a broken BMP.
 *
 * Photos of the wild often break a rule without harm (stray bytes between segments); those are read. Pixels that are
 * missing are an error: `error` includes files cut short.
 */
export async function openPhoto(bytes: Buffer | string, path: string): Promise<Sharp> {
  if (!(await isBmp(bytes))) return sharp(bytes, { failOn: 'error', limitInputPixels: pixelsIn(bytes) });
  await bmpPhotoSize(bytes, path);
  const whole = typeof bytes === 'string' ? await readFile(bytes) : bytes;
  const { width, height, data } = decodeBmp(whole, (why) => damagedImage(path, why));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Size of a BMP that is whole. Throws `file-damaged`, `file-too-large`. */
export async function bmpPhotoSize(bytes: Buffer | string, path: string): Promise<{ width: number; height: number }> {
  const size = await bmpSize(bytes, (why) => damagedImage(path, why));
  if (size.width * size.height > MAX_PIXELS) throw tooLarge(path);
  return size;
}
