import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '../../shared/errors.js';

/** Milliseconds within which a window that cannot be opened has failed. */
const EARLY = 10_000;
/** What a person can do where there is no window; the browser needs none of it. */
const REMEDY = 'Type: comask serve PROJECT, which opens the same studio in a browser.';

/** The Electron that the package `electron` in `root` has fetched, or null. */
export function electronProgram(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const path = join(folder, 'path.txt');
  if (!existsSync(path)) return null;
  const program = join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'),
    readFileSync(path, 'utf8').trim(),
  );
  return existsSync(program) ? program : null;
}

/**
 * Fetches Electron by its own installer where it is missing: npm runs no package's scripts here. Returns its program.
 * Throws `tool-missing`, `download-failed`.
 */
export function fetchElectron(root: string, say: (line: string) => void): string {
  const found = electronProgram(root);
  if (found) return found;
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) {
    throw new StudioError({ code: 'tool-missing', message: 'the package electron is not installed', remedy: REMEDY });
  }
  say('Fetching Electron (about 110 MB, once) ...');
  const { status, stderr } = spawnSync(process.execPath, [installer], { encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'] }); // prettier-ignore
  const program = status === 0 ? electronProgram(root) : null;
  if (program) return program;
  const reason =
    stderr
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ?? `exit code ${status}`;
  throw new StudioError({
    code: 'download-failed',
    message: `Electron could not be fetched: ${reason}`,
    remedy: REMEDY,
  });
}

/**
 * Opens the window and waits until it is closed. Throws `tool-missing` where it ends at once, for want of a display or of
 * the system's sandbox; Electron has said why by then.
 */
export async function openWindow(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const begun = Date.now();
  const child = spawn(program, args, { stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0 || signal.aborted || Date.now() - begun > EARLY) return;
    throw new StudioError({ code: 'tool-missing', message: `the window could not be opened (exit code ${code})`, remedy: REMEDY }); // prettier-ignore
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
