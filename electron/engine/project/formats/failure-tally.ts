import type { Failure } from '../../../../shared/types.js';

/** Failures of one code that are listed one by one; a report of a million lines helps nobody. */
const MOST_LISTED = 100;

/**
 * Collects what is wrong with one file in a few lines: what happens again to the same image is counted, and of each code
 * only the first hundred are listed.
 */
export class FailureTally {
  private readonly listed = new Map<string, { failure: Failure; times: number }>();
  private readonly listedOf = new Map<Failure['code'], number>();
  private readonly beyond = new Map<Failure['code'], { failure: Failure; times: number }>();

  add(failure: Failure): void {
    const { id, code } = failure;
    const key = `${code}\0${id ?? `\0${this.listed.size}`}`;
    const known = this.listed.get(key) ?? this.beyond.get(code);
    const listed = this.listedOf.get(code) ?? 0;
    if (known) known.times += 1;
    else if (listed >= MOST_LISTED) this.beyond.set(code, { failure, times: 1 });
    else {
      this.listed.set(key, { failure, times: 1 });
      this.listedOf.set(code, listed + 1);
    }
  }

  /** The failures in the order in which they came, and a line for each code of which there were too many. */
  failures(): Failure[] {
    const listed = [...this.listed.values()].map(({ failure, times }) =>
      times === 1 ? failure : { ...failure, reason: `${failure.reason} (and ${times - 1} times more)` },
    );
    const beyond = [...this.beyond.values()].map(({ failure: { file, code, reason, action }, times }) => ({
      file,
      code,
      reason: `${times} more like these, the first of them: ${reason}`,
      action,
    }));
    return [...listed, ...beyond];
  }
}
