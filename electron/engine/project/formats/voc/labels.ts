import { basename, join } from 'node:path';
import type { Failure } from '../../../../../shared/types.js';
import type { FormatOptions } from '../format.js';
import { readLabelFile, type Label, type LabelFile } from '../labels/index.js';
import { splitInName } from '../split-name.js';
import { isFolder, namesIn } from '../text.js';
import { ANNOTATIONS, annotationLabels } from './annotations.js';
import { CLASS_FILE, SEGMENTATION_LISTS, type Listed } from './lists.js';
import { mainListLabels } from './main-lists.js';

/** Image-level labels of a devkit, from wherever it has them. */
export interface VocLabels {
  byId: ReadonlyMap<string, readonly Label[]>;
  /** The split that a label file's name tells, for its ids; none stands here of labels that come from elsewhere. */
  splitOf: ReadonlyMap<string, string | null>;
  failures: Failure[];
  /** Whether there are labels at all. */
  found: boolean;
}

/**
 * Labels from the label file of the options and the devkit's own `*_cls.txt`, the former before the latter; without any,
 * from Annotations; without those, from the lists of a class in ImageSets/Main.
 */
export async function vocLabels(
  root: string,
  { labels: given, difficult = true }: FormatOptions,
  images: Iterable<Listed>,
): Promise<VocLabels> {
  const own = (await namesIn(join(root, SEGMENTATION_LISTS))).filter((name) => CLASS_FILE.test(name));
  const files = [...(given ? [given] : []), ...own.map((name) => join(root, SEGMENTATION_LISTS, name))];
  if (files.length > 0) return labelsOfFiles(files);
  const found = (await isFolder(join(root, ANNOTATIONS)))
    ? await annotationLabels(root, images, difficult)
    : await mainListLabels(root, difficult);
  if (found && found.labels.size > 0) return { byId: found.labels, splitOf: new Map(), failures: found.failures, found: true }; // prettier-ignore
  const missing: Failure = {
    file: join(root, SEGMENTATION_LISTS),
    code: 'label-missing',
    reason: `there are no image-level labels: no *_cls.txt, ${ANNOTATIONS} or lists of classes; a label file gives some (--labels FILE)`,
    action: 'imported without labels',
  };
  return { byId: new Map(), splitOf: new Map(), failures: [...(found?.failures ?? []), missing], found: false };
}

async function labelsOfFiles(files: readonly string[]): Promise<VocLabels> {
  const byId = new Map<string, readonly Label[]>();
  const splitOf = new Map<string, string | null>();
  const failures: Failure[] = [];
  for (const file of files) {
    const read: LabelFile = await readLabelFile(file);
    failures.push(...read.failures);
    const split = splitInName(basename(file));
    for (const [id, labels] of read.labels) {
      if (byId.has(id)) continue;
      byId.set(id, labels);
      splitOf.set(id, split);
    }
  }
  return { byId, splitOf, failures, found: true };
}
