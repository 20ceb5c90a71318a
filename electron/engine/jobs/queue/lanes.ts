import type { Lane } from './kind.js';

/** Which lanes of the machine are taken; shared by the queues of all projects that are open. */
export class Lanes {
  readonly #taken = new Set<Lane>();
  readonly #waiting = new Set<() => void>();

  /** Takes a lane, unless it is taken. */
  take(lane: Lane): boolean {
    if (this.#taken.has(lane)) return false;
    this.#taken.add(lane);
    return true;
  }

  /** Gives a lane back and tells every queue. */
  free(lane: Lane): void {
    this.#taken.delete(lane);
    for (const tell of [...this.#waiting]) tell();
  }

  /** Calls `tell` whenever a lane is free again; returns what ends that. */
  onFree(tell: () => void): () => void {
    this.#waiting.add(tell);
    return () => this.#waiting.delete(tell);
  }
}
