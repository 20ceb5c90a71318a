import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { idKey, resolveInside } from '../paths.js';
import { isFile } from './text.js';

/** The first of some paths inside a root at which there is a file, or null. Paths that lead out of it do not exist. */
export type FileFinder = (paths: readonly string[]) => Promise<string | null>;

/** What a folder holds by name: files, and what only the file system can tell. */
interface Listing {
  files: ReadonlySet<string>;
  /** Whether a name may be one of the folder's: a link's, or one that a file system takes for the same. */
  mayHold(name: string): boolean;
}

/**
 * Looks up paths in the names that folders hold, each folder listed once: asking the file system for each of 100,000
 * photos under every ending a photo may have would take longer than to read them. It is asked only for links, and for
 * names that a file system takes for the same though they are written otherwise.
 */
export function fileFinder(root: string): FileFinder {
  const listed = new Map<string, Listing>();
  let latest: { folder: string; listing: Listing } | null = null;
  const listingOf = async (folder: string): Promise<Listing> => {
    const known = latest?.folder === folder ? latest.listing : listed.get(folder);
    if (known) return known;
    const place = insideOrNull(root, folder);
    const listing = place === null ? nothing : await listingAt(place);
    // Folders without files are not kept: a list may name any number of folders that are not there.
    if (listing.files.size > 0) listed.set(folder, listing);
    latest = { folder, listing };
    return listing;
  };
  return async (paths) => {
    const missed: { path: string; name: string; listing: Listing }[] = [];
    let [folder, listing] = ['', nothing];
    for (const path of paths) {
      const [parent, name] = [posix.dirname(path), posix.basename(path)];
      if (parent !== folder) [folder, listing] = [parent, await listingOf(parent)];
      if (listing.files.has(name)) return path;
      missed.push({ path, name, listing });
    }
    for (const { path, name, listing } of missed) {
      if (!listing.mayHold(name)) continue;
      const place = insideOrNull(root, path);
      if (place !== null && (await isFile(place))) return path;
    }
    return null;
  };
}

const nothing: Listing = { files: new Set(), mayHold: () => false };

async function listingAt(folder: string): Promise<Listing> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
    const others = entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
    let keys: Set<string> | null = null;
    const mayHold = (name: string): boolean => (keys ??= new Set([...files, ...others].map(idKey))).has(idKey(name));
    return { files, mayHold };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder that may not be listed can hold files that may be read.
    return code === 'ENOENT' || code === 'ENOTDIR' ? nothing : { files: nothing.files, mayHold: () => true };
  }
}

function insideOrNull(root: string, path: string): string | null {
  try {
    return resolveInside(root, path);
  } catch {
    return null;
  }
}
