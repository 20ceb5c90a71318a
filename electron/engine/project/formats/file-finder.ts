import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { resolveInside } from '../paths.js';
import { isFile } from './text.js';

/** The first of some paths inside a root at which there is a file, or null. Paths that lead out of it do not exist. */
export type FileFinder = (paths: readonly string[]) => Promise<string | null>;

/**
 * Looks up paths in the names that folders hold, each folder listed once: asking the file system for each of 100,000
 * photos under every ending a photo may have would take longer than to read them. It is asked only where no name fits:
 * for links, and for names that a file system takes for the same though they are written otherwise.
 */
export function fileFinder(root: string): FileFinder {
  const listed = new Map<string, Set<string>>();
  const filesIn = async (folder: string): Promise<Set<string>> => {
    const known = listed.get(folder);
    if (known) return known;
    const place = insideOrNull(root, folder);
    const entries = place === null ? [] : await readdir(place, { withFileTypes: true }).catch(() => []);
    const names = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
    // Folders without files are not kept: a list may name any number of folders that are not there.
    if (names.size > 0) listed.set(folder, names);
    return names;
  };
  return async (paths) => {
    for (const path of paths) if ((await filesIn(posix.dirname(path))).has(posix.basename(path))) return path;
    for (const path of paths) {
      const place = insideOrNull(root, path);
      if (place !== null && (await isFile(place))) return path;
    }
    return null;
  };
}

function insideOrNull(root: string, path: string): string | null {
  try {
    return resolveInside(root, path);
  } catch {
    return null;
  }
}
