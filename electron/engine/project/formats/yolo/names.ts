import { basename, join } from 'node:path';
import type { Failure } from '../../../../../shared/types.js';
import { cocoClasses } from '../coco-classes.js';
import { oncePerImport } from '../once.js';
import { classNames, isFile, readText } from '../text.js';
import { readDataYaml, type DataYaml } from './data-yaml.js';
import { labelsOf } from './labels.js';
import { photosOf } from './layout.js';

export interface YoloNames {
  names: readonly string[];
  yaml: DataYaml | null;
  /** Where names had to be made up, what was done. */
  note?: Failure;
}

/** COCO names its photos by a number of twelve digits. */
const COCO_PHOTO = /^\d{12}\./;

/**
 * Names of the classes: those of the options, of data.yaml, or of classes.txt. Else COCO's where the photos are named
 * like COCO's and no class is beyond its 80, else class_0, class_1, ...; a note says so.
 */
export const yoloNames = oncePerImport(async (root, { classes }): Promise<YoloNames> => {
  const yaml = await readDataYaml(root);
  if (classes || yaml) return { names: classes ?? yaml!.names, yaml };
  for (const file of [join(root, 'classes.txt'), join(root, 'labels', 'classes.txt')]) {
    if (await isFile(file)) return { names: classNames(await readText(file)), yaml };
  }
  let highest = -1;
  let likeCoco = true;
  for await (const photo of photosOf(root, yaml)) {
    likeCoco &&= COCO_PHOTO.test(basename(photo.path));
    for (const { classIndex } of (await labelsOf(root, photo)).objects) highest = Math.max(highest, classIndex);
  }
  likeCoco &&= highest < cocoClasses.length;
  const made = Array.from({ length: Math.min(highest + 1, 255) }, (_, number) => `class_${number}`);
  const action = likeCoco ? "took COCO's 80 names, as the photos are named like COCO's" : `called them class_0 to class_${highest}`; // prettier-ignore
  const note: Failure = { file: root, code: 'file-missing', reason: 'there is no data.yaml with names of the classes', action }; // prettier-ignore
  return { names: likeCoco ? cocoClasses : made, yaml, note };
});
