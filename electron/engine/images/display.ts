import { imageError } from './file-errors.js';
import { openPhoto, photoBytes } from './photo-file.js';

/** Bytes of a picture with their media type. */
export interface Picture {
  type: string;
  data: Uint8Array;
}

/** Quality of the WebP of thumbnails: small, and nothing to be seen at that size. */
const THUMBNAIL_QUALITY = 78;
/** Quality of a JPEG that had to be turned: no loss to be seen at full size. */
const PHOTO_QUALITY = 95;

/** Kinds of picture that every browser shows, by their first bytes; `ftypavif` stands behind a length. */
const shown: readonly [type: string, at: number, bytes: string][] = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
];

function shownType(bytes: Buffer): string | null {
  const found = shown.find(([, at, magic]) => bytes.toString('latin1', at, at + magic.length) === magic);
  return found ? found[0] : null;
}

/**
 * A small picture of a photo as WebP: upright, at most `side` px at its longer side, never enlarged, what is transparent
 * on white. Throws `file-missing`, `file-unreadable`, `file-damaged`, `file-too-large`.
 */
export async function thumbnailOf(path: string, side: number): Promise<Uint8Array> {
  try {
    const photo = (await openPhoto(await photoBytes(path), path)).autoOrient();
    return await photo
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .webp({ quality: THUMBNAIL_QUALITY, effort: 2 })
      .toBuffer();
  } catch (error) {
    throw imageError(error, path);
  }
}

/**
 * A photo as browsers show it, upright: its own bytes where they will do; a JPEG that has to be turned as JPEG, other
 * kinds as PNG without loss. Large files (photoBytes) are always written anew, in pieces.
 * Throws what thumbnailOf throws.
 */
export async function displayedPhoto(path: string): Promise<Picture> {
  try {
    const bytes = await photoBytes(path);
    const type = typeof bytes === 'string' ? null : shownType(bytes);
    const photo = await openPhoto(bytes, path);
    const upright = type !== null && ((await photo.metadata()).orientation ?? 1) === 1;
    if (upright && typeof bytes !== 'string') return { type, data: bytes };
    photo.autoOrient();
    const jpeg = type === 'image/jpeg' || typeof bytes === 'string';
    const encoded = jpeg
      ? photo.flatten({ background: 'white' }).jpeg({ quality: PHOTO_QUALITY, chromaSubsampling: '4:4:4' })
      : photo.png({ compressionLevel: 3 });
    return { type: jpeg ? 'image/jpeg' : 'image/png', data: await encoded.toColourspace('srgb').toBuffer() };
  } catch (error) {
    throw imageError(error, path);
  }
}
