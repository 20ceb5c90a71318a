import type { ErrorCode } from '../../../shared/errors.js';
import type { Failure } from '../../../shared/types.js';

/** Failures of a kind that are listed one by one, about 30 MB of them: a list may repeat an id a million times. */
const LISTED = 100_000;

/** Collects failures in bounded memory: of each kind the first ones, and how many more there were. */
export class FailureList {
  readonly #listed: Failure[] = [];
  readonly #counts = new Map<ErrorCode, number>();
  readonly #most: number;

  constructor(most = LISTED) {
    this.#most = most;
  }

  add(failure: Failure): void {
    const count = (this.#counts.get(failure.code) ?? 0) + 1;
    this.#counts.set(failure.code, count);
    if (count <= this.#most) this.#listed.push(failure);
  }

  /** Those listed, and for each kind that had more one failure that counts them, about `file`. */
  all(file: string): Failure[] {
    const beyond = [...this.#counts].filter(([, count]) => count > this.#most);
    const counted = beyond.map(([code, count]): Failure => {
      return { file, code, reason: `${count - this.#most} more of the kind ${code}`, action: 'as those listed' };
    });
    return this.#listed.concat(counted);
  }
}
