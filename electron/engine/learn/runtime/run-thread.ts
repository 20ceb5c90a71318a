import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../../shared/errors.js';
import type { ProcessResult, RunProcess } from './run-process.js';

/**
 * Runs a program of Node (`args[0]`, with the other arguments) in a thread in place of a process: Electron is no Node that
 * can be started once more, and its packaged form refuses to be one. An abort ends it and throws interrupted.
 */
export const runThread: RunProcess = (_node, [program, ...argv], { signal } = {}) =>
  new Promise<ProcessResult>((resolve, reject) => {
    const worker = new Worker(program, { argv, stdout: true, stderr: true });
    let [stdout, stderr] = ['', ''];
    worker.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    worker.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const onAbort = (): void => void worker.terminate();
    signal?.addEventListener('abort', onAbort);
    worker.on('error', (error) => (stderr += `${error instanceof Error ? error.message : String(error)}\n`));
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', onAbort);
      if (signal?.aborted) reject(new StudioError({ code: 'interrupted', message: 'the trial was stopped' }));
      else resolve({ code, stdout, stderr });
    });
  });
