import { readFile } from 'node:fs/promises';
import { decode, type DecodedPng } from 'fast-png';
import { MAX_PIXELS } from '../../../shared/max-pixels.js';
import { imageError, tooLarge } from './file-errors.js';
import { photoBytes } from './photo-file.js';
import { plainPng } from './png-chunks.js';

/**
 * The values of a PNG as they are stored, palette indices included, in memory that its size accounts for. `file` names it
 * in the error. Throws `file-damaged`, `file-too-large`.
 */
export function decodePng(bytes: Uint8Array, file: string): DecodedPng {
  try {
    return decode(plainPng(bytes, MAX_PIXELS).bytes, { checkCrc: true });
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(file, { cause: error }) : imageError(error, file);
  }
}

/** Reads a PNG file; see decodePng. Throws also `file-missing`, `file-unreadable`. */
export async function readPng(path: string): Promise<DecodedPng> {
  try {
    const bytes = await photoBytes(path);
    return decodePng(typeof bytes === 'string' ? await readFile(bytes) : bytes, path);
  } catch (error) {
    throw imageError(error, path);
  }
}
