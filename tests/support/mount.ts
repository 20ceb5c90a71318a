import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (program: string, ...args: string[]): void => void execFileSync(program, args, { stdio: 'ignore' });

/** A file system of so many bytes over a folder, until it is taken away. */
export function smallDisk(folder: string, bytes: number): () => void {
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'comask-test', folder);
  return () => run('umount', '--lazy', folder);
}

/** The folder itself, but nobody may write there, until it is taken away. */
export function readOnly(folder: string): () => void {
  run('mount', '--bind', folder, folder);
  run('mount', '-o', 'remount,bind,ro', folder);
  return () => run('umount', '--lazy', folder);
}

/** Whether this process may mount: it takes Linux and root, and not every container lets root. */
export const mayMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'comask-mount-'));
  try {
    smallDisk(folder, 4096)();
    readOnly(folder)();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();
