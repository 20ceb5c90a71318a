import { createHash } from 'node:crypto';
import type { CacheUse } from '../../../shared/api/index.js';
import { machineDefaults } from '../../../shared/machine-settings.js';
import { thumbnailOf } from '../images/index.js';
import { BoundedFiles } from './bounded-files.js';

/** Photos decoded at a time: as many as the pool of threads below has. */
const AT_A_TIME = 4;

/** Thumbnails of photos, kept in a folder of the machine's cache that all projects share. */
export class Thumbnails {
  readonly #files: BoundedFiles;
  readonly #making = new Map<string, Promise<Uint8Array>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: AT_A_TIME }, () => Promise.resolve());
  #turn = 0;

  constructor(folder: string, mostBytes = machineDefaults.thumbnailBytes) {
    this.#files = new BoundedFiles(folder, mostBytes);
  }

  /** A thumbnail as WebP; `version` is the photo's (fileVersion). Throws what thumbnailOf throws. */
  get(photo: string, version: string, side: number): Promise<Uint8Array> {
    const name = `${createHash('sha256')
      .update(JSON.stringify([photo, version, side]))
      .digest('hex')}.webp`;
    const known = this.#making.get(name);
    if (known) return known;
    const made = this.#find(name, photo, side).finally(() => this.#making.delete(name));
    this.#making.set(name, made);
    return made;
  }

  use(): Promise<CacheUse> {
    return this.#files.use();
  }

  /** Sets another bound, bytes; what is beyond it goes at once. */
  limit(mostBytes: number): Promise<void> {
    return this.#files.limit(mostBytes);
  }

  clear(): Promise<void> {
    return this.#files.clear();
  }

  async #find(name: string, photo: string, side: number): Promise<Uint8Array> {
    const kept = await this.#files.get(name);
    if (kept) return kept;
    const thumbnail = await this.#inTurn(() => thumbnailOf(photo, side));
    // A cache that cannot be written makes the next look slow, and nothing wrong.
    await this.#files.put(name, thumbnail).catch(() => undefined);
    return thumbnail;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const lane = this.#turn++ % AT_A_TIME;
    const result = this.#lanes[lane].then(work);
    this.#lanes[lane] = result.catch(() => undefined);
    return result;
  }
}
