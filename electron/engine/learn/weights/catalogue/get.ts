import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OnProgress } from '../../../../../shared/progress.js';
import { byteProgress } from '../../runtime/byte-progress.js';
import { withInstallLock } from '../../runtime/lock.js';
import { download } from './download.js';
import type { CatalogueEntry } from './entries.js';
import { trimWeights } from './kept.js';

export interface GetOptions {
  onProgress: OnProgress;
  say(line: string): void;
  signal?: AbortSignal;
  /** Bytes that all weights of the catalogue may take up; others go for these, those not used for longest first. */
  mostBytes?: number;
}

/**
 * Fetches what `folder` lacks of an entry and returns the path that commands take, with the number of files fetched.
 * One download at a time for a folder. Throws what `download` throws, and `busy`.
 */
export async function getWeights(
  entry: CatalogueEntry,
  folder: string,
  { onProgress, say, signal, mostBytes }: GetOptions,
): Promise<{ path: string; fetched: number }> {
  await mkdir(folder, { recursive: true });
  return withInstallLock(folder, { say, signal, what: 'download' }, async () => {
    const total = entry.files.reduce((sum, { bytes }) => sum + bytes, 0);
    const report = byteProgress(onProgress, { stage: 'downloading', part: entry.name });
    let [before, fetched] = [0, 0];
    for (const file of entry.files) {
      const target = join(folder, ...file.path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      const onBytes = (done: number): void => report(before + done, total);
      if (await download(file, target, { onBytes, signal })) fetched++;
      before += file.bytes;
    }
    if (mostBytes !== undefined) await trimWeights(folder, mostBytes, { stays: entry.name });
    return { path: join(folder, entry.path), fetched };
  });
}
