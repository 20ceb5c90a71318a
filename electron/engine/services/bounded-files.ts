import { readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../project/files.js';

/** Share of the bound that is left when room is made, so that it is not made for every file. */
const KEEP = 0.9;

/**
 * Files of a cache folder, no more than a number of bytes: those not used for longest go first. The folder may be deleted
 * at any time. Names are made by the caller and must be safe. What is there is counted when it first matters, for that takes
 * seconds where there are 100,000 files: a file that is kept is read without.
 */
export class BoundedFiles {
  readonly #folder: string;
  #mostBytes: number;
  /** Bytes by name, once they were looked at. */
  #known: Promise<Map<string, number>> | null = null;
  /** When a file was used last, ms since 1970. */
  readonly #used = new Map<string, number>();
  #bytes = 0;
  /** Resolves when every file that was put is counted. */
  #counted: Promise<void> = Promise.resolve();

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** The bytes of a file, or null where it is not kept. */
  async get(name: string): Promise<Uint8Array | null> {
    const path = join(this.#folder, name);
    const bytes = await readFile(path).catch(() => null);
    if (!bytes) return null;
    this.#used.set(name, Date.now());
    // For the next start, which knows no other time; a cache need not wait for it.
    void utimes(path, new Date(), new Date()).catch(() => undefined);
    return bytes;
  }

  /** Keeps a file. Where there are too many bytes, others go soon after. Throws `disk-full`, `not-writable`. */
  async put(name: string, data: Uint8Array): Promise<void> {
    await writeFileAtomic(join(this.#folder, name), data);
    this.#used.set(name, Date.now());
    this.#counted = this.#counted.then(() => this.#count(name, data.length));
  }

  /** How many there are, and how many bytes they take up. */
  async use(): Promise<{ folder: string; bytes: number; files: number }> {
    await this.#counted;
    const { size } = await this.#files();
    return { folder: this.#folder, bytes: this.#bytes, files: size };
  }

  /** Sets another bound; what is beyond it goes at once. */
  async limit(mostBytes: number): Promise<void> {
    this.#mostBytes = mostBytes;
    await this.#counted;
    await this.#files();
    if (this.#bytes > mostBytes) await this.#makeRoom();
  }

  /** Lets all of them go. */
  async clear(): Promise<void> {
    await this.#counted;
    for (const name of [...(await this.#files()).keys()]) await this.#drop(name);
  }

  async #count(name: string, bytes: number): Promise<void> {
    const sizes = await this.#files();
    this.#bytes += bytes - (sizes.get(name) ?? 0);
    sizes.set(name, bytes);
    if (this.#bytes > this.#mostBytes) await this.#makeRoom();
  }

  async #makeRoom(): Promise<void> {
    const used = (name: string): number => this.#used.get(name) ?? 0;
    for (const oldest of [...(await this.#files()).keys()].sort((a, b) => used(a) - used(b))) {
      if (this.#bytes <= this.#mostBytes * KEEP) break;
      await this.#drop(oldest);
    }
  }

  async #drop(name: string): Promise<void> {
    const sizes = await this.#files();
    this.#bytes -= sizes.get(name) ?? 0;
    sizes.delete(name);
    this.#used.delete(name);
    await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
  }

  #files(): Promise<Map<string, number>> {
    return (this.#known ??= this.#look());
  }

  async #look(): Promise<Map<string, number>> {
    const sizes = new Map<string, number>();
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const found = await stat(join(this.#folder, name)).catch(() => null);
      if (!found?.isFile()) continue;
      sizes.set(name, found.size);
      if (!this.#used.has(name)) this.#used.set(name, found.mtimeMs);
      this.#bytes += found.size;
    }
    return sizes;
  }
}
