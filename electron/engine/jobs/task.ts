import type { OnProgress } from '../../../shared/progress.js';

/**
 * One long piece of work that runs in the worker thread. It reads files, writes files, and opens the project itself:
 * what crosses the border is plain JSON.
 */
export interface Task<Inputs, Settings, Result> {
  /** On abort it keeps what is done and throws StudioError `interrupted`. */
  run(inputs: Inputs, settings: Settings, signal: AbortSignal, onProgress: OnProgress): Promise<Result>;
}

export type InputsOf<T> = T extends Task<infer Inputs, never, unknown> ? Inputs : never;
export type SettingsOf<T> = T extends Task<never, infer Settings, unknown> ? Settings : never;
export type ResultOf<T> = T extends Task<never, never, infer Result> ? Result : never;
