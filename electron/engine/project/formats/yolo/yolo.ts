import { join } from 'node:path';
import { StudioError } from '../../../../../shared/errors.js';
import { IGNORE } from '../../../../../shared/types.js';
import { polygonToRle } from '../../../images/rle/index.js';
import { idOf } from '../../paths.js';
import { boxToRle, drawObjects, type DrawnObject, type DrawnTruth, type Size } from '../drawn-truth.js';
import type { DatasetFormat } from '../format.js';
import type { YoloObject } from './label-lines.js';
import { labelsOf } from './labels.js';
import { hasYoloLayout, photosOf } from './layout.js';
import { yoloNames } from './names.js';

/**
 * YOLO's labels: images/<split>/x.jpg with labels/<split>/x.txt (or <split>/images and <split>/labels), names in
 * data.yaml. Outlines become ground truth; boxes only tell what a photo shows.
 */
export const yolo: DatasetFormat = {
  name: 'yolo',
  looksFor: 'folders images and labels (with a .txt for each photo), and data.yaml with the names',

  recognises: async (root, { labels }) => !labels && (await hasYoloLayout(root)),

  classes: async (root, options) => [...(await yoloNames(root, options)).names],

  async *read(root, options) {
    if (options.labels) {
      throw new StudioError({
        code: 'usage',
        message: 'a dataset of YOLO has a label file for each photo',
        remedy: 'Name no label file (--labels), or another format (--format).',
      });
    }
    const { names, yaml, note } = await yoloNames(root, options);
    if (note) yield note;
    for await (const photo of photosOf(root, yaml)) {
      const { objects, failures } = await labelsOf(root, photo);
      const id = idOf(photo.path);
      yield* failures.map((failure) => ({ ...failure, id }));
      const nameOf = (index: number): number | string => names[index] ?? index;
      const labels = [...new Set(objects.map(({ classIndex }) => classIndex))].map(nameOf);
      const whole = failures.length === 0 && objects.some(({ polygon }) => polygon);
      // Outlines are read again where they are drawn, so that no more than one photo's are in memory.
      const truth = whole ? truthOf(join(root, photo.labels), async () => (await labelsOf(root, photo)).objects, nameOf) : null; // prettier-ignore
      yield { id, path: photo.path, split: photo.split, labels, truth };
    }
  },
};

function truthOf(
  file: string,
  read: () => Promise<YoloObject[]>,
  nameOf: (index: number) => number | string,
): DrawnTruth {
  return {
    file,
    async draw(size, labelOf) {
      const objects = (await read()).map((object) => drawnObject(object, size, labelOf(nameOf(object.classIndex))));
      return { map: drawObjects(size, objects), failures: [] };
    },
  };
}

/** An outline in its class; a box, among outlines, is left out of the figures. */
function drawnObject({ polygon, box }: YoloObject, size: Size, label: number): DrawnObject {
  const { width, height } = size;
  if (polygon) {
    const corners = polygon.map((share, i) => share * (i % 2 === 0 ? width : height));
    return { label, parts: [polygonToRle(corners, width, height)] };
  }
  const [x, y, w, h] = box!;
  return { label: IGNORE, parts: [boxToRle((x - w / 2) * width, (y - h / 2) * height, w * width, h * height, size)] };
}
