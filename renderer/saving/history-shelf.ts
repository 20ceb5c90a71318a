import type { History } from '../../shared/label-map/history.js';

/** Images whose history is kept. */
const KEPT = 100;

/** Histories of images that were left, for when they come back with the same labels. */
export class HistoryShelf {
  readonly #kept = new Map<string, { labels: Uint8Array; history: History }>();

  /** @param labels packed, as the image was left */
  put(key: string, labels: Uint8Array, history: History): void {
    this.#kept.delete(key);
    this.#kept.set(key, { labels, history });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  /** The history of an image; null where there is none, or where its labels were changed by another since. */
  take(key: string, labels: Uint8Array): History | null {
    const found = this.#kept.get(key);
    const same = found?.labels.length === labels.length && found.labels.every((byte, i) => byte === labels[i]);
    return same ? found.history : null;
  }
}
