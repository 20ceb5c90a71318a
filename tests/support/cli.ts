import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = resolve(import.meta.dirname, '../../build/comask.mjs');

/** Whether the command line is bundled (`npm run build`). */
export const cliBuilt = existsSync(resolve(import.meta.dirname, '../../dist/cli.mjs'));

export interface Ended {
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A running `comask`. */
export interface Running {
  pid: number;
  ended: Promise<Ended>;
  /** What it has printed so far. */
  output: Readonly<Pick<Ended, 'stdout' | 'stderr'>>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `comask` with these arguments. */
export const startComask = (...args: string[]): Running => startComaskIn({}, ...args);

/** The same with other variables of the environment. */
export function startComaskIn(env: Readonly<Record<string, string>>, ...args: string[]): Running {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return {
    pid: child.pid!,
    output,
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve({ exitCode, signal, ...output }));
    }),
    kill: (signal) => void child.kill(signal),
  };
}

/** Runs `comask` to its end. */
export const comask = (...args: string[]): Promise<Ended> => startComask(...args).ended;

/** Milliseconds between looks at a condition. */
const LOOK = 5;

/**
 * Sends `signal` as soon as `condition` holds. The caller sees from what it ended with whether the signal came in time.
 */
export async function signalWhen(running: Running, signal: NodeJS.Signals, condition: () => boolean): Promise<Ended> {
  let over = false;
  void running.ended.then(() => (over = true));
  while (!over && !condition()) await sleep(LOOK);
  running.kill(signal);
  return running.ended;
}
