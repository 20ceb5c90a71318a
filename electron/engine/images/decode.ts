import type { RgbImage } from '../../../shared/types.js';
import { MAX_PIXELS } from '../../../shared/max-pixels.js';
import { imageError } from './file-errors.js';
import { openPhoto, photoBytes } from './photo-file.js';

/**
 * Most pixels of a photo on which something is computed: a net sees a fraction of them, and a photo of 200 million
 * decoded in full takes 600 MB.
 */
export const WORKING_PIXELS = 2 ** 24;

/**
 * Decodes a photo (JPEG, PNG, WebP, TIFF, BMP, AVIF, GIF) to 8-bit RGB, turned upright by its EXIF orientation; the first
 * picture where a file holds several. CMYK and embedded colour profiles are converted to sRGB; what is transparent shows
 * white behind it; grey becomes three equal channels; 16 bits become 8. A photo of more than `most` pixels comes at a
 * reduced size, its proportions kept to the pixel; JPEGs are then never held in full.
 * Throws `file-missing`, `file-unreadable`, `file-damaged`, `file-too-large`.
 */
export async function decodePhoto(path: string, most = MAX_PIXELS): Promise<RgbImage> {
  try {
    const photo = (await openPhoto(await photoBytes(path), path)).autoOrient();
    if (most < MAX_PIXELS) {
      const { width, height } = (await photo.metadata()).autoOrient;
      const scale = Math.sqrt(most / (width * height));
      const scaled = (size: number): number => Math.max(1, Math.floor(size * scale));
      if (scale < 1) photo.resize(scaled(width), scaled(height), { fit: 'fill' });
    }
    const { data, info } = await photo
      .toColourspace('srgb')
      .flatten({ background: 'white' })
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
