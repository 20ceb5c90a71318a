import { readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../project/files.js';

interface Kept {
  bytes: number;
  usedMs: number;
}

/** Share of the bound that is left when room is made, so that it is not made for every file. */
const KEEP = 0.9;

/**
 * Files of a cache folder, no more than a number of bytes: those not used for longest go first. The folder may be deleted
 * at any time. Names are made by the caller and must be safe.
 */
export class BoundedFiles {
  readonly #folder: string;
  #mostBytes: number;
  #known: Promise<Map<string, Kept>> | null = null;
  #bytes = 0;

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** The bytes of a file, or null where it is not kept. */
  async get(name: string): Promise<Uint8Array | null> {
    const known = (await this.#files()).get(name);
    if (!known) return null;
    try {
      const bytes = await readFile(join(this.#folder, name));
      known.usedMs = Date.now();
      // For the next start, which knows no other time; a cache need not wait for it.
      void utimes(join(this.#folder, name), new Date(), new Date()).catch(() => undefined);
      return bytes;
    } catch {
      await this.#drop(name);
      return null;
    }
  }

  /** Keeps a file, and lets others go where there are too many bytes. Throws `disk-full`, `not-writable`. */
  async put(name: string, data: Uint8Array): Promise<void> {
    const files = await this.#files();
    await writeFileAtomic(join(this.#folder, name), data);
    this.#bytes += data.length - (files.get(name)?.bytes ?? 0);
    files.set(name, { bytes: data.length, usedMs: Date.now() });
    if (this.#bytes > this.#mostBytes) await this.#makeRoom();
  }

  /** How many there are, and how many bytes they take up. */
  async use(): Promise<{ folder: string; bytes: number; files: number }> {
    const { size } = await this.#files();
    return { folder: this.#folder, bytes: this.#bytes, files: size };
  }

  /** Sets another bound; what is beyond it goes at once. */
  async limit(mostBytes: number): Promise<void> {
    this.#mostBytes = mostBytes;
    await this.#files();
    if (this.#bytes > mostBytes) await this.#makeRoom();
  }

  /** Lets all of them go. */
  async clear(): Promise<void> {
    for (const name of [...(await this.#files()).keys()]) await this.#drop(name);
  }

  async #makeRoom(): Promise<void> {
    const files = await this.#files();
    for (const [oldest] of [...files].sort(([, a], [, b]) => a.usedMs - b.usedMs)) {
      if (this.#bytes <= this.#mostBytes * KEEP) break;
      await this.#drop(oldest);
    }
  }

  async #drop(name: string): Promise<void> {
    const files = await this.#files();
    this.#bytes -= files.get(name)?.bytes ?? 0;
    files.delete(name);
    await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
  }

  #files(): Promise<Map<string, Kept>> {
    return (this.#known ??= this.#look());
  }

  async #look(): Promise<Map<string, Kept>> {
    const files = new Map<string, Kept>();
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const found = await stat(join(this.#folder, name)).catch(() => null);
      if (!found?.isFile()) continue;
      files.set(name, { bytes: found.size, usedMs: found.mtimeMs });
      this.#bytes += found.size;
    }
    return files;
  }
}
