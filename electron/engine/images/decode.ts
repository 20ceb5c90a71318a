import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { RgbImage } from '../../../shared/types.js';
import { imageError } from './file-errors.js';

/**
 * Photos of the wild often break a rule without harm (stray bytes between segments); those are read. Pixels that are
 * missing are an error: `error` includes files cut short.
 */
const input = { failOn: 'error', limitInputPixels: 2 ** 28 } as const;

/**
 * Decodes a photo (JPEG, PNG, WebP, TIFF, AVIF, GIF, ...) to 8-bit RGB, turned upright by its EXIF orientation. Embedded
 * colour profiles are converted to sRGB; transparency is dropped; grey becomes three equal channels.
 * Throws `file-missing`, `file-unreadable`, `file-damaged`.
 */
export async function decodePhoto(path: string): Promise<RgbImage> {
  try {
    const { data, info } = await sharp(await readFile(path), input)
      .autoOrient()
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
  } catch (error) {
    throw imageError(error, path);
  }
}

function threeChannels(data: Buffer, channels: number): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (channels === 3) return bytes;
  const rgb = new Uint8Array((bytes.length / channels) * 3);
  for (let i = 0, o = 0; i < bytes.length; i += channels) {
    rgb[o++] = bytes[i];
    rgb[o++] = bytes[i];
    rgb[o++] = bytes[i];
  }
  return rgb;
}

/**
 * Width and height in pixels, upright, from the file's header alone.
 * Throws `file-missing`, `file-unreadable`, `file-damaged`.
 */
export async function photoSize(path: string): Promise<{ width: number; height: number }> {
  try {
    const { autoOrient } = await sharp(path, input).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    // The decoder says "missing" for every file it cannot open: ask the file system for the reason.
    const cause = await readFile(path).then(
      () => error,
      (reason: unknown) => reason,
    );
    throw imageError(cause, path);
  }
}
