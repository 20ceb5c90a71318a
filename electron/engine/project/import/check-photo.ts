import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { imageError } from '../../images/file-errors.js';

/** Side in pixels of the picture that is decoded to see whether decoding succeeds. */
const PROBE_SIDE = 32;

/**
 * Size of a photo (upright, that is by its EXIF orientation), after a check that it can be decoded to its end. A header
 * alone would not show a file that was cut short. The check decodes to a tiny picture: a JPEG's data is read to the end
 * but hardly anything of it is transformed, which takes about half the time of a full decode (measured on VOC photos)
 * and a fraction of its memory. Other formats are decoded in full.
 * @throws StudioError file-missing, file-unreadable, file-damaged
 */
export async function checkPhoto(path: string): Promise<{ width: number; height: number }> {
  try {
    const bytes = await readFile(path);
    const { autoOrient } = await sharp(bytes).metadata();
    await sharp(bytes, { failOn: 'error' }).resize(PROBE_SIDE, PROBE_SIDE, { fit: 'inside' }).raw().toBuffer();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    throw imageError(error, path);
  }
}
