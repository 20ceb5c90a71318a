import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { imageError } from '../../images/file-errors.js';
import { copyFileAtomic, linkFileAtomic } from '../files.js';
import type { PhotoMode } from './format.js';

/**
 * Puts a photo into an export, byte for byte or as a link to its absolute path.
 * @throws StudioError file-missing, file-unreadable, not-writable, disk-full
 */
export async function placePhoto(from: string, to: string, mode: Exclude<PhotoMode, 'none'>): Promise<void> {
  await access(from, constants.R_OK).catch((error: unknown) => {
    throw imageError(error, from);
  });
  await (mode === 'copy' ? copyFileAtomic(from, to) : linkFileAtomic(from, to));
}
