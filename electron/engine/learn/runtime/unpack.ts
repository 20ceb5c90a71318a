import { createWriteStream } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry } from 'yauzl';
import { StudioError } from '../../../../shared/errors.js';

export interface UnpackOptions {
  /** Which entries to write; names use `/`. */
  wanted(name: string): boolean;
  /** Called with the bytes written so far and the bytes of all wanted files. */
  onBytes?(done: number, total: number): void;
  signal?: AbortSignal;
}

/** Bits of the Unix mode that a zip keeps in the upper half of its external attributes. */
const MODE_SHIFT = 16;
const EXECUTABLE_BITS = 0o111;

/** Where an entry goes. Throws download-failed for a name that leads out of `folder`. */
export function entryTarget(folder: string, name: string): string {
  const target = resolve(folder, name);
  const inside = relative(resolve(folder), target);
  if (name.includes('\\') || isAbsolute(name) || /^[A-Za-z]:/.test(name) || inside === '' || inside.startsWith('..')) {
    throw broken(`it holds an entry that leads out of its folder: ${name}`);
  }
  return target;
}

function broken(reason: string, file?: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'download-failed',
      message: `the archive is broken: ${reason}`,
      file,
      remedy: 'Install the runtime anew (npx comask runtime install --force).',
    },
    { cause },
  );
}

/** Throws disk-full where fewer than `bytes` are free on the disk of `folder`. */
export async function requireFreeSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (count: number): string => `${(count / 1e9).toFixed(1)} GB`;
  throw new StudioError({
    code: 'disk-full',
    message: `not enough disk space: ${gigabytes(bytes)} are needed and ${gigabytes(bavail * bsize)} are free`,
    file: folder,
    remedy: 'Free some disk space, or set COMASK_HOME to a folder on a larger disk, and try again.',
  });
}

/**
 * Writes the wanted files of a zip (a wheel is one) under `folder` and returns their names. Files are streamed: one of
 * several gigabytes needs no memory. Links are written as plain files, so nothing can point outside. Throws
 * download-failed for a damaged archive or an unsafe name, disk-full, and the file system's errors.
 */
export async function unpack(archive: string, folder: string, options: UnpackOptions): Promise<string[]> {
  const { wanted, onBytes, signal } = options;
  const zip = await openPromise(archive, { autoClose: false }).catch((error: Error) => {
    throw broken(error.message, archive, error);
  });
  try {
    const entries: Entry[] = [];
    try {
      for await (const entry of zip.eachEntry()) if (wanted(entry.fileName)) entries.push(entry);
    } catch (error) {
      throw broken((error as Error).message, archive, error);
    }
    const files = entries
      .filter(({ fileName }) => !fileName.endsWith('/'))
      .map((entry) => ({ entry, target: entryTarget(folder, entry.fileName) }));
    const total = files.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    await mkdir(folder, { recursive: true });
    await requireFreeSpace(folder, total);

    let done = 0;
    for (const { entry, target } of files) {
      await mkdir(dirname(target), { recursive: true });
      const executable = ((entry.externalFileAttributes >>> MODE_SHIFT) & EXECUTABLE_BITS) !== 0;
      const count = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          onBytes?.((done += chunk.length), total);
          next(null, chunk);
        },
      });
      const source = await zip.openReadStreamPromise(entry);
      await pipeline(source, count, createWriteStream(target, { mode: executable ? 0o755 : 0o644 }), { signal });
    }
    return files.map(({ entry }) => entry.fileName);
  } finally {
    zip.close();
  }
}
