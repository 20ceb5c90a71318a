import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { refusalOf, type Refuse } from './damaged.js';

/** A system error as one about this file of weights. */
function unreadable(error: unknown, file: string): unknown {
  if (error instanceof StudioError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_FS_FILE_TOO_LARGE') {
    const remedy = 'Convert the weights to .pth or to several files; only those can be larger than 2 GB.';
    return new StudioError(
      { code: 'file-unreadable', message: 'the file is too large', file, remedy },
      { cause: error },
    );
  }
  const details = errorDetails(error);
  const known = details.code !== 'internal' && details.code !== 'not-writable';
  return new StudioError(
    {
      code: known ? details.code : 'file-unreadable',
      message: `the weights cannot be read: ${message}`,
      file,
      remedy: 'Check the path and the permissions.',
    },
    { cause: error },
  );
}

/** A whole file. Throws `file-missing` or `file-unreadable`, naming it. */
export async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(error, file);
  }
}

/** Whether the path is a folder. Throws `file-missing` or `file-unreadable`. */
export async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch (error) {
    throw unreadable(error, file);
  }
}

/** Where a file that another one names lies: inside the other's folder, else `path-outside` is thrown. */
export function besideFile(owner: string, name: string): string {
  const folder = path.resolve(path.dirname(owner));
  const resolved = path.resolve(folder, name);
  if (!name.includes('\0') && resolved.startsWith(folder + path.sep)) return resolved;
  throw new StudioError({
    code: 'path-outside',
    message: `the model names a file outside its folder: ${name}`,
    file: owner,
    remedy: 'Do not use this model, or correct what it names.',
  });
}

/** A file that is read in pieces, so that a large one never lies in memory twice. */
export interface OpenFile {
  path: string;
  size: number;
  /** Descriptor, for libraries that read on their own. */
  descriptor: number;
  /** Errors about this file. */
  refuse: Refuse;
  /** Exactly `length` bytes from `position` on, in memory of their own; throws `refuse` where the file ends before. */
  read(position: number, length: number): Promise<Uint8Array>;
}

async function readFully(handle: FileHandle, position: number, bytes: Uint8Array): Promise<number> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) return done;
    done += bytesRead;
  }
  return bytes.length;
}

/** Opens a file for as long as `use` runs. Throws `file-missing`, `file-unreadable`, and what `use` throws. */
export async function withFile<T>(file: string, kind: string, use: (opened: OpenFile) => Promise<T>): Promise<T> {
  const refuse = refusalOf(kind, file);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    const from = handle;
    const read = async (position: number, length: number): Promise<Uint8Array> => {
      // Checked before memory is asked for: a damaged length may be anything.
      const inside = Number.isSafeInteger(position) && position >= 0 && length >= 0 && position + length <= size;
      if (!inside) throw refuse('it ends too early');
      const bytes = new Uint8Array(length);
      if ((await readFully(from, position, bytes)) < length) throw refuse('it ends too early');
      return bytes;
    };
    return await use({ path: file, size, descriptor: handle.fd, refuse, read });
  } catch (error) {
    throw 'errno' in (error as object) ? unreadable(error, file) : error;
  } finally {
    await handle?.close();
  }
}
