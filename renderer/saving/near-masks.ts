import type { ImageDetails } from '../composables/useImage.js';
import { packRuns, unpackRuns } from '../../shared/label-map/runs.js';
import { journalKey } from './mask-in-hand.js';
import type { ImageAddress, LoadedMask } from './mask-client.js';
import { sourceOf } from './mask-start.js';

/** Bytes of packed masks that are held in all. */
const MOST_BYTES = 2 ** 25;

/** A mask that was had ahead; packed, for most masks pack to a hundredth. */
interface Held {
  set: string;
  version: string;
  width: number;
  height: number;
  packed: Uint8Array;
}

interface Fetching {
  details(at: ImageAddress): Promise<Pick<ImageDetails, 'files'>>;
  mask(at: ImageAddress, set: string): Promise<LoadedMask>;
}

/**
 * Masks of images that are likely to be opened next. One is handed out only for the version that the engine has of it, so that
 * a mask which was changed meanwhile is never shown.
 */
export class NearMasks {
  /** By image; null: its turn has not come, or it has no mask. */
  #held = new Map<string, Held | null>();
  #wanted: readonly ImageAddress[] = [];
  #preferred: string | null = null;
  #running: Promise<void> | null = null;

  constructor(private readonly fetching: Fetching) {}

  /**
   * Has the masks of these images ahead, one after another, and lets all others go.
   *
   * @param wanted the most urgent first
   * @param preferred set of pseudo-masks that images are begun with
   * @param opening image that is being opened: its mask stays if it is there
   */
  hold(wanted: readonly ImageAddress[], preferred: string | null, opening?: ImageAddress): Promise<void> {
    [this.#wanted, this.#preferred] = [wanted, preferred];
    const keys = new Set([...wanted, ...(opening ? [opening] : [])].map(journalKey));
    for (const key of this.#held.keys()) if (!keys.has(key)) this.#held.delete(key);
    this.#running ??= this.#fetchAll().finally(() => (this.#running = null));
    return this.#running;
  }

  /** The mask of an image in a set, if it was had ahead in just that version. */
  take(at: ImageAddress, set: string, version: string): LoadedMask | null {
    const held = this.#held.get(journalKey(at));
    if (held?.set !== set || held.version !== version) return null;
    const { width, height, packed } = held;
    return { map: { width, height, data: unpackRuns(packed, width * height) }, version };
  }

  async #fetchAll(): Promise<void> {
    const next = (): ImageAddress | undefined => this.#wanted.find((at) => !this.#held.has(journalKey(at)));
    for (let at = next(); at && this.#bytes() < MOST_BYTES; at = next()) {
      const [key, preferred] = [journalKey(at), this.#preferred];
      this.#held.set(key, null);
      // What cannot be had ahead says so once it is opened.
      const found = await this.#fetch(at, preferred).catch(() => null);
      if (this.#held.has(key)) this.#held.set(key, found);
    }
  }

  async #fetch(at: ImageAddress, preferred: string | null): Promise<Held | null> {
    const set = sourceOf(await this.fetching.details(at), preferred);
    if (set === null) return null;
    const { map, version } = await this.fetching.mask(at, set);
    return { set, version, width: map.width, height: map.height, packed: packRuns(map.data) };
  }

  #bytes(): number {
    return [...this.#held.values()].reduce((sum, held) => sum + (held?.packed.length ?? 0), 0);
  }
}
