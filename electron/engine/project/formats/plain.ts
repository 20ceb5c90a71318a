import type { Failure } from '../../../../shared/types.js';
import { idOf } from '../paths.js';
import { photosBelow } from './folders.js';
import type { DatasetEntry, DatasetFormat, FormatOptions } from './format.js';
import { namesAmong, readLabelFile, type LabelFile } from './labels/index.js';
import { oncePerImport } from './once.js';
import { splitInName } from './split-name.js';
import { vocClasses } from './voc-classes.js';

/**
 * Photos in a folder and the folders below it, in any order, with labels from a label file of any kind or without labels.
 * Classes are the names in the label file, sorted; where it has numbers only, or there is none, those of VOC.
 */
export const plain: DatasetFormat = {
  name: 'plain',
  looksFor: 'a folder with photos; --labels FILE gives their labels, without it there are none',

  async recognises(root) {
    for await (const _photo of photosBelow(root, '')) return true;
    return false;
  },

  async classes(root, options) {
    const names = namesAmong((await labelFile(root, options))?.labels.values() ?? []);
    return names.length > 0 ? names : [...vocClasses];
  },

  async *read(root, options) {
    const file = await labelFile(root, options);
    if (file) yield* file.failures;
    else yield noLabels(root, options);
    let used = 0;
    for await (const path of photosBelow(root, '')) {
      const id = idOf(path);
      const labels = file?.labels.get(id);
      if (labels) used += 1;
      yield entryOf(id, path, file ? (labels ?? []) : null, options);
    }
    const unused = (file?.labels.size ?? 0) - used;
    if (unused > 0) yield withoutPhoto(unused, options.labels!);
  },
};

const labelFile = oncePerImport(async (_root: string, { labels }: FormatOptions): Promise<LabelFile | null> =>
  labels ? readLabelFile(labels) : null,
);

function entryOf(
  id: string,
  path: string,
  labels: readonly (number | string)[] | null,
  { classes }: FormatOptions,
): DatasetEntry {
  // Names where they are known: a project's classes may stand in another order.
  const named = labels?.map((label) => (typeof label === 'number' ? (classes?.[label] ?? label) : label));
  return { id, path, split: splitOf(path), labels: named ?? null, truth: null };
}

/** The first folder tells the split where it is called train, val or test. */
const splitOf = (path: string): string | null => {
  const [folder, ...rest] = path.split('/');
  return rest.length > 0 && splitInName(folder) === folder.toLowerCase() ? splitInName(folder) : null;
};

const noLabels = (root: string, { classes }: FormatOptions): Failure => ({
  file: root,
  code: 'label-missing',
  reason: `the photos have no labels${classes ? '' : ', and the classes are those of VOC (--classes names others)'}`,
  action: 'imported without labels; importing it again with a label file adds them (--labels FILE)',
});

const withoutPhoto = (count: number, file: string): Failure => ({
  file,
  code: 'file-missing',
  reason: `${count} ids have no photo; an id is the path of a photo in the folder, without its ending`,
  action: 'left out',
});
