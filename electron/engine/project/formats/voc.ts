import { basename, join } from 'node:path';
import type { Failure } from '../../../../shared/types.js';
import { parseClassLines } from './class-lines.js';
import { fileFinder } from './file-finder.js';
import { isFailure, type DatasetEntry, type DatasetFormat, type FormatOptions } from './format.js';
import { classNames, isFile, isFolder, isPhotoName, linesOf, namesIn, photoEndings, readText } from './text.js';
import { vocClasses } from './voc-classes.js';

const PHOTOS = 'JPEGImages';
const LISTS = 'ImageSets/Segmentation';
const TRUTH = 'SegmentationClass';
const CLASS_FILE = /_cls\.txt$/;

/** Lists that exclude each other, in the order of reading; other lists only bring the images these lack. */
const SPLITS = ['train', 'val', 'test'];

/**
 * A PASCAL VOC devkit: photos in JPEGImages, lists of ids in ImageSets/Segmentation/<split>.txt, image-level labels
 * beside them in <split>_cls.txt, ground truth in SegmentationClass. Names of classes come from classes.txt where there
 * is one, else they are VOC's. A label file given in the options stands before the dataset's own.
 */
export const voc: DatasetFormat = {
  name: 'voc',
  looksFor: `a folder ${PHOTOS} (with ${LISTS}/train.txt, train_cls.txt and ${TRUTH} where there are any)`,

  recognises: async (root, { labels }) => !labels?.endsWith('.csv') && (await isFolder(join(root, PHOTOS))),

  classes: async (root) => (await ownClasses(root)) ?? [...vocClasses],

  async *read(root, options) {
    const labels = await readLabels(root, options);
    const names = options.classes ?? (await ownClasses(root)) ?? [];
    yield* labels.failures;
    const find = fileFinder(root);
    const withTruth = await isFolder(join(root, TRUTH));
    let unlisted = 0;
    for await (const item of listedIds(root, labels)) {
      if (isFailure(item)) {
        yield item;
        continue;
      }
      const path = await find(photosOf(item.name));
      if (path === null && item.listed === false) unlisted += 1;
      else {
        const truth = withTruth ? await find([`${TRUTH}/${item.name}.png`]) : null;
        yield entryOf(item, path ?? `${PHOTOS}/${item.name}.jpg`, truth, labels, names);
      }
    }
    // A label file made for a larger dataset is common; a line for each of its ids would bury everything else.
    if (unlisted > 0) yield beyondDataset(unlisted, options.labels ?? join(root, LISTS));
  },
};

/** The dataset's own names of its classes, in the order of their numbers, or null. */
async function ownClasses(root: string): Promise<string[] | null> {
  const file = join(root, 'classes.txt');
  return (await isFile(file)) ? classNames(await readText(file)) : null;
}

function entryOf(
  { id, split }: ListedId,
  path: string,
  truth: string | null,
  { found, byId }: Labels,
  names: readonly string[],
): DatasetEntry {
  // Names where they are known: a project's classes may stand in another order.
  const classes = (byId.get(id) ?? []).map((index) => names[index] ?? index);
  return { id, path, split, labels: found ? classes : null, truth };
}

const beyondDataset = (count: number, file: string): Failure => ({
  file,
  code: 'file-missing',
  reason: `${count} ids stand on no list and have no photo`,
  action: 'left out',
});

interface Labels {
  byId: Map<string, number[]>;
  /** The split that the label file's name tells, for ids that stand on no list. */
  splitOf: Map<string, string | null>;
  failures: Failure[];
  /** Whether there was any label file. */
  found: boolean;
}

async function readLabels(root: string, { labels: given }: FormatOptions): Promise<Labels> {
  const own = (await namesIn(join(root, LISTS))).filter((name) => CLASS_FILE.test(name));
  const files = [...(given ? [given] : []), ...own.map((name) => join(root, LISTS, name))];
  const result: Labels = { byId: new Map(), splitOf: new Map(), failures: [], found: files.length > 0 };
  for (const file of files) {
    const { labels, failures } = parseClassLines(await readText(file), file);
    result.failures.push(...failures);
    const split = splitInName(basename(file));
    for (const [id, classes] of labels) {
      if (result.byId.has(id)) continue;
      result.byId.set(id, classes);
      result.splitOf.set(id, split);
    }
  }
  if (!result.found) {
    result.failures.push({
      file: join(root, LISTS),
      code: 'label-missing',
      reason: 'there is no *_cls.txt with image-level labels',
      action: 'imported without labels',
    });
  }
  return result;
}

/** `oaa_train_cls.txt` tells of train. */
function splitInName(name: string): string | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return [...SPLITS, 'trainval'].find((split) => words.includes(split)) ?? null;
}

interface ListedId {
  id: string;
  /** The id as the dataset writes it, for file names. */
  name: string;
  split: string | null;
  /** false: only the label file names it, though there are lists. */
  listed: boolean;
}

/** Ids of the lists, each once; then those of the label files; of the photo folder where there is neither. */
async function* listedIds(root: string, labels: Labels): AsyncGenerator<ListedId | Failure> {
  const splitById = new Map<string, string | null>();
  for (const list of await listsOf(root)) {
    const file = join(root, LISTS, `${list}.txt`);
    const seen = new Set<string>();
    for (const { number, line } of linesOf(await readText(file))) {
      const [name] = line.split(/\s+/);
      const id = name.normalize('NFC');
      const before = splitById.get(id);
      if (before === undefined) {
        splitById.set(id, list);
        yield { id, name, split: list, listed: true };
      } else if (seen.has(id) || SPLITS.includes(list)) {
        const reason = `line ${number}: ${id} stands on ${before}.txt already`;
        yield { id, file, code: 'id-duplicate', reason, action: `kept in split ${before}` };
      }
      seen.add(id);
    }
  }
  const hasLists = splitById.size > 0;
  for (const [id, split] of labels.splitOf) {
    if (splitById.has(id)) continue;
    splitById.set(id, split);
    yield { id, name: id, split, listed: !hasLists };
  }
  if (splitById.size > 0) return;
  for (const file of await namesIn(join(root, PHOTOS))) {
    const name = file.replace(/\.[^.]*$/, '');
    if (isPhotoName(file)) yield { id: name.normalize('NFC'), name, split: null, listed: true };
  }
}

async function listsOf(root: string): Promise<string[]> {
  const names = (await namesIn(join(root, LISTS))).filter((name) => name.endsWith('.txt') && !CLASS_FILE.test(name));
  const lists = names.map((name) => name.slice(0, -'.txt'.length));
  const rank = (list: string): number => (SPLITS.includes(list) ? SPLITS.indexOf(list) : SPLITS.length + Number(list === 'trainval')); // prettier-ignore
  return lists.sort((a, b) => rank(a) - rank(b));
}

/** Where the photo of an id may be: JPEG as VOC has it, or another kind. */
const photosOf = (name: string): string[] => anyCase.map((ending) => `${PHOTOS}/${name}${ending}`);

const anyCase = photoEndings.flatMap((ending) => [ending, ending.toUpperCase()]);
