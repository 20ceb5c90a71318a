import { join } from 'node:path';
import type { Failure } from '../../../../../shared/types.js';
import { fileFinder, type FileFinder } from '../file-finder.js';
import { photoPaths } from '../find-photo.js';
import type { DatasetEntry, DatasetFormat, FormatOptions } from '../format.js';
import { namesAmong } from '../labels/index.js';
import { oncePerImport } from '../once.js';
import { classNames, isFile, isFolder, isPhotoName, namesIn } from '../text.js';
import { readStrictText } from '../strict-text.js';
import { vocClasses } from '../voc-classes.js';
import { vocLabels, type VocLabels } from './labels.js';
import { readLists, SEGMENTATION_LISTS, type Listed, type Lists } from './lists.js';

const PHOTOS = 'JPEGImages';
/** Folders of ground truth in the order of looking: SBD's has all that VOC's own has, and more. */
const TRUTH = ['SegmentationClassAug', 'SegmentationClass'];

/**
 * A PASCAL VOC devkit: photos in JPEGImages, lists of ids in ImageSets/Segmentation/<split>.txt, image-level labels
 * beside them in <split>_cls.txt (or in Annotations, or in ImageSets/Main), ground truth in SegmentationClassAug or
 * SegmentationClass. Names of classes come from classes.txt where there is one, else they are VOC's, or those of the
 * labels where these are others. A label file given in the options stands before the dataset's own.
 */
export const voc: DatasetFormat = {
  name: 'voc',
  looksFor: `a folder ${PHOTOS} (with ${SEGMENTATION_LISTS}/train.txt, train_cls.txt, Annotations and ${TRUTH[1]} where there are any)`,

  recognises: (root) => isFolder(join(root, PHOTOS)),

  async classes(root, options) {
    const own = await ownClasses(root);
    if (own) return own;
    const names = namesAmong((await devkit(root, options)).labels.byId.values());
    return names.every((name) => vocClasses.includes(name)) ? [...vocClasses] : names;
  },

  async *read(root, options) {
    const { lists, labels } = await devkit(root, options);
    const names = options.classes ?? (await ownClasses(root)) ?? [];
    yield* labels.failures;
    yield* lists.failures;
    const truths = await truthFolders(root);
    const find = fileFinder(root);
    let unlisted = 0;
    for (const image of imagesOf(lists, labels)) {
      const path = await find(photoPaths(`${PHOTOS}/${image.name}`));
      if (path === null && !image.listed) unlisted += 1;
      else yield await entryOf(find, image, path ?? `${PHOTOS}/${image.name}.jpg`, labels, names, truths);
    }
    // A label file made for a larger dataset is common; a line for each of its ids would bury everything else.
    if (unlisted > 0) yield beyondDataset(unlisted, options.labels ?? join(root, SEGMENTATION_LISTS));
  },
};

/** Lists and labels. Without lists and label files, every photo counts as listed. */
const devkit = oncePerImport(
  async (root: string, options: FormatOptions): Promise<{ lists: Lists; labels: VocLabels }> => {
    const lists = await readLists(root);
    const onLists = lists.images.size > 0;
    const images = onLists ? lists.images : await photosIn(root);
    const labels = await vocLabels(root, options, images.values());
    return { lists: onLists || labels.splitOf.size > 0 ? lists : { ...lists, images }, labels };
  },
);

async function photosIn(root: string): Promise<Map<string, Listed>> {
  const photos = (await namesIn(join(root, PHOTOS))).filter(isPhotoName);
  return new Map(
    photos.map((file) => {
      const name = file.replace(/\.[^.]*$/, '');
      const id = name.normalize('NFC');
      return [id, { id, name, split: null, truth: null }];
    }),
  );
}

/** The dataset's own names of its classes, in the order of their numbers, or null. */
async function ownClasses(root: string): Promise<string[] | null> {
  const file = join(root, 'classes.txt');
  return (await isFile(file)) ? classNames(await readStrictText(file)) : null;
}

/** Images of the lists, then those that only label files name; `listed` is false where these come on top of lists. */
function* imagesOf({ images }: Lists, { splitOf }: VocLabels): Generator<Listed & { listed: boolean }> {
  for (const image of images.values()) yield { ...image, listed: true };
  for (const [id, split] of splitOf) {
    if (!images.has(id)) yield { id, name: id, split, truth: null, listed: images.size === 0 };
  }
}

async function entryOf(
  find: FileFinder,
  { id, name, split, truth: told }: Listed,
  path: string,
  { found, byId }: VocLabels,
  names: readonly string[],
  truths: readonly string[],
): Promise<DatasetEntry> {
  // Names where they are known: a project's classes may stand in another order.
  const labels = (byId.get(id) ?? []).map((label) => (typeof label === 'number' ? (names[label] ?? label) : label));
  const candidates = [...(told ? [told] : []), ...truths.map((folder) => `${folder}/${name}.png`)];
  return { id, path, split, labels: found ? labels : null, truth: await find(candidates) };
}

async function truthFolders(root: string): Promise<string[]> {
  const there = await Promise.all(TRUTH.map((folder) => isFolder(join(root, folder))));
  return TRUTH.filter((_, i) => there[i]);
}

const beyondDataset = (count: number, file: string): Failure => ({
  file,
  code: 'file-missing',
  reason: `${count} ids stand on no list and have no photo`,
  action: 'left out',
});
