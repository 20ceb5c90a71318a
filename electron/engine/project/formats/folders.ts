import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { idOf } from '../paths.js';
import type { DatasetEntry, DatasetFormat } from './format.js';
import { isPhotoName } from './text.js';

const SPLITS = ['train', 'val', 'test'];
/** A single folder called so holds photos of everything, not of one class. */
const NO_CLASS = ['images', 'image', 'imgs', 'img', 'photos', 'pictures', 'jpegimages'];

/**
 * One folder a class: `cat/1.jpg` has the label cat. Folders in a class folder belong to the class. Where the first
 * level holds nothing but train, val and test, the classes are one level deeper. Files that are no photos are passed by.
 */
export const folders: DatasetFormat = {
  name: 'folders',
  looksFor: 'folders with photos in them, one folder a class (cat/1.jpg, dog/2.jpg, ...)',

  async recognises(root, { labels }) {
    if (labels) return false;
    const names = new Set((await classFolders(root)).map(({ name }) => name));
    if ([...names].every((name) => NO_CLASS.includes(name.toLowerCase()))) return false;
    for await (const _entry of entries(root)) return true;
    return false;
  },

  async classes(root) {
    const names = new Set<string>();
    for (const { folder, name } of await classFolders(root)) {
      for await (const _photo of photosBelow(root, folder)) {
        names.add(name);
        break;
      }
    }
    return [...names].sort();
  },

  read(root, { labels }) {
    if (labels) {
      throw new StudioError({
        code: 'usage',
        message: 'a dataset of one folder a class takes its labels from the names of the folders',
        remedy: 'Name no label file (--labels), or take the photos without their folders (--format plain).',
      });
    }
    return entries(root);
  },
};

async function* entries(root: string): AsyncGenerator<DatasetEntry> {
  for (const { folder, name, split } of await classFolders(root)) {
    for await (const path of photosBelow(root, folder)) {
      yield { id: idOf(path), path, split, labels: [name], truth: null };
    }
  }
}

interface ClassFolder {
  folder: string;
  /** Name of the class, Unicode NFC. */
  name: string;
  split: string | null;
}

async function classFolders(root: string): Promise<ClassFolder[]> {
  const first = await foldersIn(root, '');
  if (first.length === 0 || !first.every((folder) => SPLITS.includes(folder))) {
    return first.map((folder) => ({ folder, name: folder.normalize('NFC'), split: null }));
  }
  const found: ClassFolder[] = [];
  for (const split of first) {
    for (const name of await foldersIn(root, split)) {
      found.push({ folder: posix.join(split, name), name: name.normalize('NFC'), split });
    }
  }
  return found;
}

/** Photos in a folder and the folders below it, as paths inside the root, sorted a folder at a time. */
export async function* photosBelow(root: string, folder: string): AsyncGenerator<string> {
  const found = await readdir(join(root, folder), { withFileTypes: true });
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of found) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory() && isVisible(entry.name)) yield* photosBelow(root, path);
    else if (!entry.isDirectory() && isPhotoName(entry.name)) yield path;
  }
}

/** Folders in a folder of the root, sorted, without those that programs leave behind. */
export async function foldersIn(root: string, folder: string): Promise<string[]> {
  const found = await readdir(join(root, folder), { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && isVisible(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Folders that programs leave behind are no classes. */
const isVisible = (name: string): boolean => !name.startsWith('.') && name !== '__MACOSX';
