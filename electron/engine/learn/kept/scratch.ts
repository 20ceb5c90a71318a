import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, thisMachine } from '../runtime/places.js';

/** A file for what memory does not hold. It is written once and read often, and nobody else may read it. */
export interface Scratch {
  /** Where the bytes lie now; null where the bound is reached or the disk does not take them. */
  append(bytes: Uint8Array): number | null;
  /** Fills `bytes` with what lies at a position. */
  read(position: number, bytes: Uint8Array): void;
  /** Gives the disk back. */
  close(): void;
}

/** Of the disk that is free at the start so much is left to everyone else, checkpoints and maps among them. */
const SHARE_LEFT = 0.5;

const NAME = /^(\d+)-[0-9a-f-]+\.scratch$/;

/** The folder of such files, in the cache folder of this machine. */
export const scratchFolder = (): string => join(cacheFolder(thisMachine()), 'scratch');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes the files of processes that are gone. */
export function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = NAME.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

interface Opened {
  descriptor: number;
  file: string;
  limit: number;
}

function open(folder: string, bytes: number): Opened {
  mkdirSync(folder, { recursive: true });
  removeStale(folder);
  const { bavail, bsize } = statfsSync(folder);
  const file = join(folder, `${process.pid}-${randomUUID()}.scratch`);
  const descriptor = openSync(file, 'wx+', 0o600);
  // A file without a name goes with its process, however that ends. Where the system wants it to have one, `close` or the
  // next start removes it.
  orNull(() => rmSync(file, { force: true }));
  return { descriptor, file, limit: Math.min(bytes, bavail * bsize * (1 - SHARE_LEFT)) };
}

/**
 * A file of at most so many bytes, and of at most half of what is free on its disk. Nothing is made before the first bytes
 * come. What the disk does not take is not kept: the caller computes it again, so that is no error.
 *
 * @param limit bytes; 0 keeps nothing
 */
export function scratch(folder: string, limit: number): Scratch {
  let opened: Opened | null | undefined;
  let end = 0;
  return {
    append(bytes) {
      if (limit === 0) return null;
      if (opened === undefined) opened = orNull(() => open(folder, limit));
      const place = opened;
      if (!place || end + bytes.length > place.limit) return null;
      const position = end;
      const complete = orNull(() => {
        for (let written = 0; written < bytes.length;) {
          written += writeSync(place.descriptor, bytes, written, bytes.length - written, position + written);
        }
        return true;
      });
      // What does not fit now will not fit later: the disk is full, or gone.
      if (complete) end += bytes.length;
      else place.limit = end;
      return complete ? position : null;
    },
    read(position, bytes) {
      for (let filled = 0; filled < bytes.length;) {
        const count = readSync(opened!.descriptor, bytes, filled, bytes.length - filled, position + filled);
        if (count === 0) throw new Error('the scratch file is shorter than it was');
        filled += count;
      }
    },
    close() {
      if (opened) {
        closeSync(opened.descriptor);
        const { file } = opened;
        orNull(() => rmSync(file, { force: true }));
      }
      opened = null;
    },
  };
}
