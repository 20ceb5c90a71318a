import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { StudioError } from '../../../../shared/errors.js';
import { writeError } from '../../project/files.js';

interface Holder {
  pid: number;
  host: string;
}

function holderOf(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Whether the holder may still be at work; another machine's processes cannot be asked. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== os.hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes `file` as a lock and returns what gives it back. The lock of a process that is gone (kill -9) is taken over.
 * Throws `busy` while another process holds it, `not-writable` or `disk-full` where it cannot be written.
 */
export function takeLock(file: string): () => void {
  const own = JSON.stringify({ pid: process.pid, host: os.hostname() } satisfies Holder);
  const take = (): boolean => {
    try {
      writeFileSync(file, own, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw writeError(error, file);
    }
  };
  if (!take()) {
    const holder = holderOf(file);
    const mine = holder?.pid === process.pid && holder.host === os.hostname();
    if (holder && !mine && isAlive(holder)) {
      throw new StudioError({
        code: 'busy',
        message: `process ${holder.pid} on ${holder.host} is working on this`,
        file,
        remedy: 'Wait for it to end, or stop it. If that process is no more, delete the file.',
      });
    }
    rmSync(file, { force: true });
    if (!take()) throw new StudioError({ code: 'busy', message: 'another process just took this', file });
  }
  return () => rmSync(file, { force: true });
}
