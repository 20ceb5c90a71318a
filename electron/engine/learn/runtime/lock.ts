import { setTimeout as pause } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { StudioError } from '../../../../shared/errors.js';

const LOCK = 'install.lock';
/** A lock whose owner has not touched it for this long is that of a killed process. */
const STALE_MILLISECONDS = 15_000;
const RETRY_MILLISECONDS = 500;
/** A download over a slow line may take this long; past it something is wrong. */
const WAIT_MILLISECONDS = 60 * 60_000;

export interface LockOptions {
  say(line: string): void;
  /** What is waited for: an installation unless given. */
  what?: string;
  signal?: AbortSignal;
}

/**
 * Runs `work` while no other process installs (or downloads) into `folder`. Waits for one that does. Throws busy after an hour, and
 * interrupted.
 */
export async function withInstallLock<T>(
  folder: string,
  { say, signal, what = 'installation' }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  let told = false;
  for (;;) {
    const release = await lock(folder, {
      lockfilePath: `${folder}/${LOCK}`,
      stale: STALE_MILLISECONDS,
      onCompromised: () => undefined,
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ELOCKED') return null;
      throw error;
    });
    if (release) return work().finally(() => release().catch(() => undefined));
    if (!told) say(`Another ${what} is running: waiting for it.`);
    told = true;
    if (Date.now() - start > WAIT_MILLISECONDS) {
      throw new StudioError({
        code: 'busy',
        message: `another ${what} has been running for an hour`,
        file: folder,
        remedy: 'End it, or wait for it.',
      });
    }
    if (signal?.aborted) throw new StudioError({ code: 'interrupted', message: `the ${what} was stopped` });
    await pause(RETRY_MILLISECONDS);
  }
}
