import { join } from 'node:path';
import type { Failure } from '../../../../../shared/types.js';
import { FailureTally } from '../failure-tally.js';
import { listedName } from '../listed-id.js';
import { SPLITS } from '../split-name.js';
import { readStrictText } from '../strict-text.js';
import { linesOf, namesIn } from '../text.js';

/** Lists of images for segmentation, and those for classification and detection, which a devkit may have alone. */
export const SEGMENTATION_LISTS = 'ImageSets/Segmentation';
export const MAIN_LISTS = 'ImageSets/Main';

/** Label files, which lie beside the lists. */
export const CLASS_FILE = /_cls\.txt$/;

/** An image as a list names it. */
export interface Listed {
  id: string;
  /** The id as the dataset writes it, for file names. */
  name: string;
  split: string | null;
  /** Path of the ground truth inside the devkit, where the list tells it. */
  truth: string | null;
}

export interface Lists {
  /** Each image once, by id: of the first list it stands on. */
  images: Map<string, Listed>;
  failures: Failure[];
}

/** The list of images that belong to no split. */
const UNSPLIT = 'all';

/**
 * Images on the lists of a devkit. A line is an id, the path of a photo, or that and the path of its ground truth, with
 * or without a slash at the front (`/JPEGImages/x.jpg /SegmentationClassAug/x.png`). `train`, `val` and `test` exclude
 * each other and are read first; other lists (`train_aug`, and `trainval` last) only bring what these lack.
 */
export async function readLists(root: string): Promise<Lists> {
  const images = new Map<string, Listed>();
  const failures: Failure[] = [];
  const forSegmentation = await listsIn(join(root, SEGMENTATION_LISTS));
  const folder = join(root, forSegmentation.length > 0 ? SEGMENTATION_LISTS : MAIN_LISTS);
  const lists = forSegmentation.length > 0 ? forSegmentation : (await listsIn(folder)).filter(isSplit);
  for (const list of lists) {
    const file = join(folder, `${list}.txt`);
    const tally = new FailureTally();
    const seen = new Set<string>();
    for (const { number, line } of linesOf(await readStrictText(file))) {
      const { id, name, truth } = parseListLine(line);
      const before = images.get(id);
      if (!before) images.set(id, { id, name, truth, split: list === UNSPLIT ? null : list });
      else if (seen.has(id) || SPLITS.includes(list)) {
        const reason = `line ${number}: ${id} stands on ${before.split ?? UNSPLIT}.txt already`;
        tally.add({
          id,
          file,
          code: 'id-duplicate',
          reason,
          action: before.split ? `kept in split ${before.split}` : 'kept without a split',
        });
      }
      seen.add(id);
    }
    failures.push(...tally.failures());
  }
  return { images, failures };
}

/** What a line of a list tells. */
export function parseListLine(line: string): Omit<Listed, 'split'> {
  const [photo, truth] = line.split(/\s+/);
  const name = listedName(photo);
  return { id: name.normalize('NFC'), name, truth: truth === undefined ? null : truthPath(truth) };
}

/** The path inside the devkit, wherever the devkit lay; null for what is no picture, as the 1 of a list of a class. */
function truthPath(path: string): string | null {
  if (!path.toLowerCase().endsWith('.png')) return null;
  const slashed = path.replaceAll('\\', '/');
  return /SegmentationClass[^/]*\/.+$/.exec(slashed)?.[0] ?? slashed.replace(/^\/+/, '');
}

/** Names of the lists in a folder, in the order of reading. */
async function listsIn(folder: string): Promise<string[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.txt') && !CLASS_FILE.test(name));
  const lists = names.map((name) => name.slice(0, -'.txt'.length));
  const rank = (list: string): number => (SPLITS.includes(list) ? SPLITS.indexOf(list) : SPLITS.length + Number(list === 'trainval')); // prettier-ignore
  return lists.sort((a, b) => rank(a) - rank(b));
}

/** Main holds also files of a class each, which are no lists. */
const isSplit = (list: string): boolean => SPLITS.includes(list) || list === 'trainval';
