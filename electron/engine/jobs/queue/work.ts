import type { Progress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';

/** A job whose task runs. */
export interface Work {
  abort: AbortController;
  /** Resolves when the task has ended and the job says how. */
  ended: Promise<void>;
  startedMs: number;
  progress: Progress | null;
  /** When progress was last written to the index. */
  savedMs: number;
}

/** Failures of a result that a job keeps; files of the project have all of them. */
const KEPT_FAILURES = 100;

/** What a job keeps of its task's result: a list of failures is cut short and counted. */
export function keptResult(result: unknown): unknown {
  const failures = (result as { failures?: readonly Failure[] } | null | undefined)?.failures;
  if (!Array.isArray(failures)) return result ?? null;
  return { ...(result as object), failures: failures.slice(0, KEPT_FAILURES), failureCount: failures.length };
}

/** Progress of a job that does not work any more: what lies behind it counts, not how fast it went. */
export function atRest(progress: Progress | null): Progress | null {
  if (progress === null) return null;
  const { rate: _rate, secondsLeft: _left, ...rest } = progress;
  return rest;
}
