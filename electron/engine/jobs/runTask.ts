import { Worker } from 'node:worker_threads';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import type { OnProgress } from '../../../shared/progress.js';
import { prepareEnvironment } from '../learn/runtime/environment.js';
import type { FromWorker, TaskRequest, ToWorker } from './messages.js';
import type { InputsOf, ResultOf, SettingsOf } from './task.js';
import type { TaskName, Tasks } from './tasks/index.js';
import { workerDied } from './worker-died.js';

/** The bundle puts the worker's entry beside the program. */
export const BUNDLED_WORKER = new URL('./worker.mjs', import.meta.url);

export interface RunOptions {
  signal: AbortSignal;
  onProgress: OnProgress;
  /** Lets others come first on the processor. */
  background?: boolean;
  /** Entry of the worker thread. */
  workerFile?: URL;
}

function failureOf({ error, stack }: Extract<FromWorker, { type: 'failed' }>): StudioError {
  const failure = new StudioError(error);
  failure.stack = stack ?? failure.stack;
  return failure;
}

/**
 * Runs a task in a worker thread of its own. Abort, progress, results and errors cross over as messages; an error keeps
 * its code, file and remedy. Throws what the task throws, or `internal` when the thread dies.
 */
export async function runTask<Name extends TaskName>(
  task: Name,
  inputs: InputsOf<Tasks[Name]>,
  settings: SettingsOf<Tasks[Name]>,
  { signal, onProgress, background = false, workerFile = BUNDLED_WORKER }: RunOptions,
): Promise<ResultOf<Tasks[Name]>> {
  if (signal.aborted) throw new StudioError({ code: 'interrupted', message: 'stopped before it began' });
  const request: TaskRequest = { task, inputs, settings, background };
  // The native library reads the process's own environment: a worker's is a copy that it never sees.
  prepareEnvironment();
  const worker = new Worker(workerFile, { workerData: request });
  const onAbort = (): void => worker.postMessage({ type: 'abort' } satisfies ToWorker);
  signal.addEventListener('abort', onAbort);
  try {
    return await new Promise<ResultOf<Tasks[Name]>>((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'progress') onProgress(message.progress);
        else if (message.type === 'done') resolve(message.result as ResultOf<Tasks[Name]>);
        else reject(failureOf(message));
      });
      worker.on('error', (error) => reject(workerDied(errorDetails(error).message, error)));
      worker.on('exit', (code) => reject(workerDied(`exit code ${code}`)));
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
