import type { ErrorDetails } from '../../../shared/errors.js';
import type { Progress } from '../../../shared/progress.js';

/** What a worker thread is started with (its `workerData`). */
export interface TaskRequest {
  task: string;
  inputs: unknown;
  settings: unknown;
  /** Others come first on the processor: those who look at the studio meanwhile. */
  background?: boolean;
}

/** What the main thread tells the worker. */
export interface ToWorker {
  type: 'abort';
}

/** What the worker tells the main thread; `done` or `failed` is the last. */
export type FromWorker =
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; error: ErrorDetails; stack?: string };
