import { encode } from 'fast-png';
import type { ByteImage, RgbImage } from '../../../shared/types.js';
import { imageError } from './file-errors.js';
import { photoBytes, pixelsIn } from './photo-file.js';
import { sharp } from './sharp.js';

/** 8-bit luma, the weights of ITU-R 601 in 16-bit fixed point as Pillow has them; equal channels keep their value. */
export function toGrey({ width, height, data }: RgbImage): ByteImage {
  const grey = new Uint8Array(width * height);
  for (let i = 0, o = 0; o < grey.length; i += 3, o++) {
    grey[o] = (19595 * data[i] + 38470 * data[i + 1] + 7471 * data[i + 2] + 32768) >> 16;
  }
  return { width, height, data: grey };
}

/** One byte a pixel as a grey PNG: the form of localization and saliency maps on disk. */
export const encodeGrey = ({ width, height, data }: ByteImage): Uint8Array =>
  encode({ width, height, data, channels: 1, depth: 8 });

/**
 * Reads an 8-bit map of any image format; colours become luma, a map of 16 bits keeps its upper 8. Orientation and
 * colour profiles are ignored: the numbers count. Throws `file-missing`, `file-unreadable`,
 * `file-damaged`, `file-too-large`.
 */
export async function readGrey(path: string): Promise<ByteImage> {
  try {
    const file = await photoBytes(path);
    const { data, info } = await sharp(file, { failOn: 'error', ignoreIcc: true, limitInputPixels: pixelsIn(file) })
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const image = { width: info.width, height: info.height, data: bytes };
    return info.channels === 1 ? image : toGrey(image);
  } catch (error) {
    throw imageError(error, path);
  }
}
