import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../project/project.js';
import { setFolder } from './sets.js';

const ENDING = '.png';

/** Milliseconds for which a folder that is being written to is not read again, and within which its time may not tell all. */
const SETTLING = 3000;

/** What is kept as the time of a folder: one that was changed just now may change again without another time. */
const seenAs = (changed: number): number => (Date.now() - changed < SETTLING ? -Date.now() : changed);

/** Whether a folder need not be read: unchanged since, or read a moment ago while it was being written to. */
const isKnown = (seen: number | undefined, changed: number): boolean =>
  seen !== undefined && (seen < 0 ? Date.now() + seen < SETTLING : seen === changed);

/** Time a folder was changed, or null where there is none. */
async function changedMs(folder: string): Promise<number | null> {
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() ? found.mtimeMs : null;
}

/**
 * Brings the index up to date about the masks of a set, so that images can be narrowed by them: masks come from commands
 * and programs of all kinds, and the folder alone knows. Only folders that were changed since they were last seen are
 * read. A set that is not there has no masks.
 */
export async function indexMasks(project: Project, name: string): Promise<void> {
  const root = setFolder(project, 'masks', name);
  const { maskFiles } = project.store;
  const known = maskFiles.folders(name);
  const gone = new Set(known.keys());
  // A folder's time changes with what is directly in it, so that each must be asked; those below it are known by then.
  const pending = ['', ...known.keys()];
  for (const folder of new Set(pending)) {
    const now = await changedMs(join(root, folder));
    if (now === null) continue;
    gone.delete(folder);
    if (isKnown(known.get(folder), now)) continue;
    await readFolder(folder, now);
  }
  for (const folder of gone) maskFiles.forgetFolder(name, folder);

  async function readFolder(folder: string, now: number): Promise<void> {
    const inside = (entry: string): string => (folder === '' ? entry : `${folder}/${entry}`);
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    const ids = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(ENDING) && !entry.name.startsWith('.'))
      .map((entry) => inside(entry.name.slice(0, -ENDING.length)).normalize('NFC'));
    maskFiles.replaceFolder(name, folder, seenAs(now), ids);
    for (const below of entries.filter((entry) => entry.isDirectory()).map((entry) => inside(entry.name))) {
      if (known.has(below)) continue;
      const belowNow = await changedMs(join(root, below));
      if (belowNow !== null) await readFolder(below, belowNow);
    }
  }
}
