import type { ErrorDetails } from '../../../../shared/errors.js';

/** What a worker thread is started with (its `workerData`) to be a session. */
export interface SessionRequest {
  session: string;
  opening: unknown;
}

/** What the main thread asks. */
export interface ToSession {
  number: number;
  question: unknown;
}

/** What comes back, in the order of the questions; `failed` where the session could not be opened. */
export type FromSession =
  | { type: 'answer'; number: number; answer: unknown }
  | { type: 'refused'; number: number; error: ErrorDetails }
  | { type: 'failed'; error: ErrorDetails };
