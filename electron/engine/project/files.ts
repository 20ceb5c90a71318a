import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { copyFile, mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { StudioError, errorDetails } from '../../../shared/errors.js';

/** Ending of a file that is being written; one left behind by a crash may be deleted at any time. */
export const TEMPORARY = '.tmp';

/** Beside its target, so that the rename stays within one file system; short, so that long names still fit. */
const temporaryPath = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 32)}.${randomBytes(6).toString('hex')}${TEMPORARY}`);

/** A failed write as an error that says what a person can do about it. */
export function writeError(error: unknown, path: string): StudioError {
  const details = errorDetails(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EDQUOT') details.code = 'disk-full';
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'EISDIR' || code === 'ENOENT') details.code = 'not-writable';
  const remedy =
    details.code === 'disk-full'
      ? 'Free some disk space and try again.'
      : 'Check that the folder exists, is a folder and may be written to, or choose another one.';
  return new StudioError(
    { ...details, message: `cannot write ${path}: ${details.message}`, file: path, remedy },
    { cause: error },
  );
}

/**
 * Writes a whole file so that a crash at any moment leaves either the old one or the new one: temporary file in the
 * same folder, fsync, rename. Folders are made as needed. Of pieces only one is in memory; an error of theirs that is a
 * StudioError is thrown as it is.
 * @throws StudioError not-writable, disk-full
 */
export async function writeFileAtomic(path: string, data: Uint8Array | string | AsyncIterable<string>): Promise<void> {
  await placeAtomic(path, async (temporary) => {
    const handle = await open(temporary, 'wx');
    try {
      await writeFile(handle, data);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * Like `writeFileAtomic`, with what another file holds; where the file system can, the two share their blocks. Whether
 * `from` can be read is for the caller to see to: here every failure is one of writing.
 */
export async function copyFileAtomic(from: string, path: string): Promise<void> {
  await placeAtomic(path, async (temporary) => {
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
  });
}

/** Like `copyFileAtomic`, but a symbolic link to the absolute path `from`. */
export async function linkFileAtomic(from: string, path: string): Promise<void> {
  await placeAtomic(path, (temporary) => symlink(from, temporary, 'file'));
}

/** Makes a file under a temporary name beside its place and renames it. */
async function placeAtomic(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await make(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error instanceof StudioError ? error : writeError(error, path);
  }
}

/** Like `writeFileAtomic`, for callers that may not give up the thread in between. */
export function writeFileAtomicSync(path: string, data: Uint8Array | string): void {
  const temporary = temporaryPath(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const descriptor = openSync(temporary, 'wx');
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
    syncFolderSync(dirname(path));
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // There is no such folder, so there is nothing to remove either.
    }
    throw writeError(error, path);
  }
}

/** Makes the rename itself survive a power cut; not every platform can sync a folder, and none needs it to be correct. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows refuses to open a folder; the file itself is on disk already.
  }
}

function syncFolderSync(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // As in syncFolder.
  }
}

/**
 * Reads a JSON file and checks it.
 * @throws StudioError file-missing, file-unreadable, file-damaged (with the first field that is wrong)
 */
export function readJsonFile<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new StudioError(
      {
        code: missing ? 'file-missing' : 'file-unreadable',
        message: missing ? `there is no file ${path}` : `cannot read ${path}: ${(error as Error).message}`,
        file: path,
        remedy: 'Check the path and the permissions.',
      },
      { cause: error },
    );
  }
  const damaged = (reason: string): StudioError =>
    new StudioError({
      code: 'file-damaged',
      message: `${path}: ${reason}`,
      file: path,
      remedy: 'Put back a copy of the file, or correct it in a text editor.',
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damaged(`is not JSON (${(error as Error).message})`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(`${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}
