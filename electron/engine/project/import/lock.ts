import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { StudioError } from '../../../../shared/errors.js';

/** Milliseconds after which a lock that its holder no longer renews counts as left behind by a crash. */
const STALE = 15_000;

/**
 * Runs `work` while no other process imports into the project folder: two imports at once would give datasets the same
 * place. Readers are not kept out.
 * @throws StudioError busy
 */
export async function whileImporting<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  const options = { lockfilePath: join(root, 'import.lock'), stale: STALE, onCompromised: () => undefined };
  const release = await lock(root, options).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ELOCKED') throw error;
    throw new StudioError(
      {
        code: 'busy',
        message: 'another program is importing into the project',
        file: root,
        remedy: `Wait for it to finish. After a crash, wait ${STALE / 1000} seconds and run the command again.`,
      },
      { cause: error },
    );
  });
  try {
    return await work();
  } finally {
    // A lock that is gone already (a suspended machine) does not undo what was imported.
    await release().catch(() => undefined);
  }
}
