import type { Metadata } from 'sharp';
import { oneAtATime } from '../../../shared/in-flight.js';
import { isBmp } from './bmp.js';
import { WORKING_PIXELS } from './decode.js';
import { MAX_PIXELS } from '../../../shared/max-pixels.js';
import { imageError } from './file-errors.js';
import { wholeBaselineJpeg } from './jpeg.js';
import { bmpPhotoSize, openPhoto, photoBytes } from './photo-file.js';
import { soundPngSize } from './png-size.js';

/** Size in pixels, and how the picture must be turned to stand upright. */
export interface PhotoHeader {
  /** As shown, that is turned upright. */
  width: number;
  height: number;
  /** As stored. */
  stored: { width: number; height: number };
  /** EXIF orientation, 1 to 8; 1 where the file tells none. */
  orientation: number;
}

const plain = (size: { width: number; height: number }): PhotoHeader => ({ ...size, stored: size, orientation: 1 });

function headerOf({ width, height, autoOrient, orientation = 1 }: Metadata): PhotoHeader {
  return { ...autoOrient, stored: { width, height }, orientation };
}

/** The header of a picture that stands upright, of a size that the decoder takes too; null where it must be asked. */
function headerAtOnce(size: { width: number; height: number } | null): PhotoHeader | null {
  return size && size.width * size.height <= MAX_PIXELS ? plain({ width: size.width, height: size.height }) : null;
}

/**
 * What the file's header says of a picture; its pixels may be damaged.
 * Throws `file-missing`, `file-unreadable`, `file-damaged`, `file-too-large`.
 */
export async function photoHeader(path: string): Promise<PhotoHeader> {
  try {
    const bytes = await photoBytes(path);
    const atOnce = typeof bytes === 'string' ? null : headerAtOnce(soundPngSize(bytes));
    if (atOnce) return atOnce;
    if (await isBmp(bytes)) return plain(await bmpPhotoSize(bytes, path));
    return headerOf(await (await openPhoto(bytes, path)).metadata());
  } catch (error) {
    throw imageError(error, path);
  }
}

/** Pixels up to which a picture is decoded as it is: to shrink one that is small takes longer. */
const SMALL = 2 ** 16;
/** Side in pixels of the picture that a large one is decoded to. */
const PROBE_SIDE = 32;

/** Kinds that cannot be decoded piece by piece take up to a gigabyte at the largest size. */
const inTurn = oneAtATime();

/**
 * The header of a photo, after a check that the photo can be decoded to its end. A baseline JPEG is checked by its
 * structure: a decoder would find nothing more, and takes from ten to a hundred times as long. It is asked for the header
 * only where there is EXIF data. Other kinds are decoded, piece by piece where the kind allows it, so that memory stays
 * far below that of the picture.
 * Throws `file-missing`, `file-unreadable`, `file-damaged`, `file-too-large`.
 */
export async function checkPhoto(path: string): Promise<PhotoHeader> {
  try {
    const bytes = await photoBytes(path);
    const jpeg = typeof bytes === 'string' ? null : wholeBaselineJpeg(bytes);
    const atOnce = jpeg?.exif ? null : headerAtOnce(jpeg);
    if (atOnce) return atOnce;
    // The size of an uncompressed file tells whether it is whole.
    if (await isBmp(bytes)) return plain(await bmpPhotoSize(bytes, path));
    const photo = await openPhoto(bytes, path);
    const header = headerOf(await photo.metadata());
    if (jpeg) return header;
    if (header.width * header.height > SMALL) photo.resize(PROBE_SIDE, PROBE_SIDE, { fit: 'inside' });
    const decode = (): Promise<unknown> => photo.raw().toBuffer();
    await (header.width * header.height > WORKING_PIXELS ? inTurn(decode) : decode());
    return header;
  } catch (error) {
    throw imageError(error, path);
  }
}
