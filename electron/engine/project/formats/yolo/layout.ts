import { join, posix } from 'node:path';
import { foldersIn, photosBelow } from '../folders.js';
import { isFolder, namesIn } from '../text.js';
import type { DataYaml } from './data-yaml.js';

const [IMAGES, LABELS] = ['images', 'labels'];

/** A folder of photos and the one of their labels, inside the dataset root. */
interface Pair {
  images: string;
  labels: string;
  /** The split that the layout tells: `train/images`. */
  split: string | null;
}

/** `images/` with `labels/` beside it: in the root, or in folders of the root, one a split. */
async function pairsOf(root: string): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const folder of ['', ...(await foldersIn(root, ''))]) {
    const [images, labels] = [posix.join(folder, IMAGES), posix.join(folder, LABELS)];
    if ((await isFolder(join(root, images))) && (await isFolder(join(root, labels)))) {
      pairs.push({ images, labels, split: folder || null });
    }
  }
  return pairs;
}

/** Whether there are such folders, with a label file in the first that has any file. */
export async function hasYoloLayout(root: string): Promise<boolean> {
  for (const { labels } of await pairsOf(root)) {
    for (const folder of [labels, ...(await foldersIn(root, labels)).map((name) => posix.join(labels, name))]) {
      if ((await namesIn(join(root, folder))).some((name) => name.endsWith('.txt'))) return true;
    }
  }
  return false;
}

/** A photo and the file that its labels are in, if it has any; both inside the dataset root. */
export interface YoloPhoto {
  path: string;
  labels: string;
  split: string | null;
}

/** Every photo below the folders `images`. Its split is what data.yaml says of it or its folder, else the folder's name. */
export async function* photosOf(root: string, yaml: DataYaml | null): AsyncGenerator<YoloPhoto> {
  for (const { images, labels, split } of await pairsOf(root)) {
    for await (const path of photosBelow(root, images)) {
      const inner = path.slice(images.length + 1);
      const below = inner.includes('/') ? inner.slice(0, inner.indexOf('/')) : null;
      const folder = split === null && below !== null ? `${images}/${below}` : images;
      yield {
        path,
        labels: `${labels}/${inner.replace(/\.[^.]*$/, '')}.txt`,
        split: yaml?.splitOf(path, folder) ?? split ?? below,
      };
    }
  }
}
