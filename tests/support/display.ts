import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

const hasXvfb = spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined;

/** Whether windows can be opened: on a display that is there, or on one of memory (the package xvfb). */
export const canOpenWindows = process.env.DISPLAY !== undefined || hasXvfb;

let server: ChildProcess | null = null;
let name: Promise<string> | null = null;

async function startXvfb(): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  process.once('exit', () => server?.kill());
  const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  return `:${number.toString().trim()}`;
}

/** The display to open windows on. */
export const display = (): Promise<string> =>
  process.env.DISPLAY ? Promise.resolve(process.env.DISPLAY) : (name ??= startXvfb());
