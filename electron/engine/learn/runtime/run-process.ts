import { spawn } from 'node:child_process';
import { StudioError } from '../../../../shared/errors.js';

/** How a process ended, with all that it printed. */
export interface ProcessResult {
  /** Exit code; null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ProcessOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** Starts a program without a shell. Tests hand in their own. Throws ENOENT where the program does not exist. */
export type RunProcess = (command: string, args: readonly string[], options?: ProcessOptions) => Promise<ProcessResult>;

/** Runs a program to its end. An abort ends it and throws interrupted. */
export const runProcess: RunProcess = (command, args, { cwd, env, signal } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, signal, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => reject(signal?.aborted ? interrupted() : error));
    child.on('close', (code) => (signal?.aborted ? reject(interrupted()) : resolve({ code, stdout, stderr })));
  });

function interrupted(): StudioError {
  return new StudioError({
    code: 'interrupted',
    message: 'the installation was stopped',
    remedy: 'Start it again: nothing half done is left, and finished downloads are used again.',
  });
}
