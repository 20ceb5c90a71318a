import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Programs that open a file with what the person has chosen for it. */
const openers: Readonly<Partial<Record<NodeJS.Platform, [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Opens a one-time link in the person's browser, by way of a file that nobody else may read: every user of a machine sees
 * the arguments of its programs. The file lies in `folder`, since browsers in a sandbox see no temporary folder; it is
 * gone after `remove`. Where there is no browser nothing happens, and the printed link remains.
 */
export function openBrowser(link: string, folder: string): { remove(): void } {
  const file = join(folder, 'open-studio.html');
  const remove = (): void => rmSync(file, { force: true });
  try {
    remove();
    const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}"><title>Comask Studio</title>`;
    writeFileSync(file, page, { mode: 0o600, flag: 'wx' });
    const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
    const child = spawn(program, [...args, pathToFileURL(file).href], { stdio: 'ignore', detached: true });
    child.on('error', () => undefined);
    child.unref();
  } catch {
    // A folder that cannot be written is no reason not to serve it.
  }
  return { remove };
}
