import { errorDetails, StudioError } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import type { TrainingImage } from './types.js';

/** Photos that may turn unreadable before the training stops: more of them is a missing drive, not a damaged file. */
const TOLERATED_COUNT = 10;
const TOLERATED_SHARE = 0.1;

type Both<T> = readonly [T, T];
type Pair = Both<TrainingImage>;

/** Reads the photos of pairs and remembers those that could not be read, each once. */
export interface PhotoPairs {
  readonly failures: readonly Failure[];
  /**
   * What `load` gives of both images of each pair, null for one that it does not load; null for a pair of which one could
   * not be read. Everything is asked for at once. Throws what is not about one file.
   */
  read<T>(
    pairs: readonly Pair[],
    load: (pair: number, side: 0 | 1) => Promise<T> | null,
  ): Promise<(Both<T | null> | null)[]>;
  /** Throws the last failure, as an error of the whole training, where too few photos are left. */
  check(): void;
}

/** Files that could not be used, each once, and how many of them are too many. */
export interface FailureTally {
  readonly failures: readonly Failure[];
  /** Notes why an image could not be used. */
  note(id: string, error: unknown): void;
  /** Throws the last failure, as an error of the whole training, where too few images are left. */
  check(): void;
}

/**
 * @param count images that take part in the training
 * @param what is counted, in the plural
 */
export function failureTally(count: number, what: string): FailureTally {
  const failures = new Map<string, Failure>();
  return {
    get failures() {
      return [...failures.values()];
    },
    note(id, error) {
      const { code, message, file } = errorDetails(error);
      failures.set(id, { id, file: file ?? id, code, reason: message, action: 'left out of the training' });
    },
    check() {
      const failed = [...failures.values()];
      const tolerated = Math.min(count - 1, Math.max(TOLERATED_COUNT, TOLERATED_SHARE * count));
      if (failed.length <= tolerated) return;
      const { code, file, reason } = failed[failed.length - 1];
      throw new StudioError({
        code,
        message: `training stopped: ${failed.length} of ${count} ${what} cannot be read any more, the last because: ${reason}`,
        file,
        remedy: 'Check that the folder of the photos is there and whole, then resume the training (--resume).',
      });
    },
  };
}

/** @param count images that take part in the training */
export function photoPairs(count: number): PhotoPairs {
  const tally = failureTally(count, 'photos');

  /** Whether it could be read, and what it is. */
  const readOrNote = async <T>({ id }: TrainingImage, loading: Promise<T> | null): Promise<[boolean, T | null]> => {
    try {
      return [true, await loading];
    } catch (error) {
      if (!errorDetails(error).code.startsWith('file-')) throw error;
      tally.note(id, error);
      return [false, null];
    }
  };

  return {
    get failures() {
      return tally.failures;
    },
    read: (pairs, load) =>
      Promise.all(
        pairs.map(async ([first, second], i) => {
          const both = [readOrNote(first, load(i, 0)), readOrNote(second, load(i, 1))] as const;
          const [[firstRead, a], [secondRead, b]] = await Promise.all(both);
          return firstRead && secondRead ? [a, b] : null;
        }),
      ),
    check: tally.check,
  };
}
