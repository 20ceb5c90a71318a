import { readFile } from 'node:fs/promises';
import { StudioError } from '../../../../shared/errors.js';
import { fileSize, readError } from './text.js';

/** Bytes of the longest label file that is read: some 4 million images with their labels. */
const MAX_BYTES = 2 ** 28;

/**
 * Bytes of a file that is read as a whole.
 * @throws StudioError file-missing, file-unreadable, file-damaged (too long)
 */
export async function readWhole(file: string): Promise<Uint8Array> {
  try {
    if ((await fileSize(file)) > MAX_BYTES) throw damagedText(file, `it is longer than ${MAX_BYTES / 2 ** 20} MiB`);
    return await readFile(file);
  } catch (error) {
    throw error instanceof StudioError ? error : readError(file, error as NodeJS.ErrnoException);
  }
}

/**
 * Text of a file that must be UTF-8 (a byte order mark is passed by): ids and names read in the wrong way would only
 * come to light as images that have no labels.
 * @throws StudioError file-missing, file-unreadable, file-damaged
 */
export async function readStrictText(file: string): Promise<string> {
  const decode = strictDecoder(file);
  const bytes = await readWhole(file);
  return decode(bytes) + decode();
}

/** Decodes a file piece by piece; without a piece, the end. Throws `file-damaged`. */
export function strictDecoder(file: string): (piece?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (piece) => {
    let text: string;
    try {
      text = decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw damagedText(file, 'it is not UTF-8 text');
    }
    if (text.includes('\0')) throw damagedText(file, 'it holds a NUL, as no text does');
    return text;
  };
}

/** `file-damaged` for a file that is not the text it should be. */
export const damagedText = (file: string, why: string): StudioError =>
  new StudioError({
    code: 'file-damaged',
    message: `cannot read ${file}: ${why}`,
    file,
    remedy: 'Save it again as plain text in UTF-8.',
  });
