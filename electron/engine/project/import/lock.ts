import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { StudioError } from '../../../../shared/errors.js';

/** Milliseconds after which a lock that its holder no longer renews counts as left behind by a crash. */
const STALE = 10_000;
/** Milliseconds to wait for another import: longer than STALE, so that a crash never needs a hand. */
const WAIT = 15_000;
const RETRY = 250;

/**
 * Runs `work` while no other process imports into the project folder: two imports at once would give datasets the same
 * place. Waits a little for one that does; readers are not kept out.
 * @throws StudioError busy, interrupted
 */
export async function whileImporting<Result>(
  root: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
  wait = WAIT,
): Promise<Result> {
  const release = await takeLock(root, signal, wait);
  try {
    return await work();
  } finally {
    // A lock that is gone already (a suspended machine) does not undo what was imported.
    await release().catch(() => undefined);
  }
}

async function takeLock(root: string, signal: AbortSignal, wait: number): Promise<() => Promise<void>> {
  const options = { lockfilePath: join(root, 'import.lock'), stale: STALE, onCompromised: () => undefined };
  for (const started = performance.now(); ; await pause(RETRY)) {
    if (signal.aborted) throw new StudioError({ code: 'interrupted', message: 'stopped before the import began' });
    try {
      return await lock(root, options);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ELOCKED') throw error;
      if (performance.now() - started >= wait) throw busy(root);
    }
  }
}

const busy = (root: string): StudioError =>
  new StudioError({
    code: 'busy',
    message: 'another program is importing into the project',
    file: root,
    remedy: 'Wait for it to finish, then try again.',
  });
