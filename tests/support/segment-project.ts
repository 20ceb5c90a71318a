import { encodeLabelMap } from '../../electron/engine/images/index.js';
import { drawnTruth } from '../../electron/engine/project/layout.js';
import { openProject } from '../../electron/engine/project/project.js';
import { put } from './dataset.js';
import { smallProject } from './project.js';

/** Pixels a side of the photos. */
const SIZE = 40;

/** The label map of a photo of `smallProject`: its disc is 1, its bar 2. */
export function trueLabels(classes: readonly number[], seed: number): Uint8Array {
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    if (classes.includes(1) && Math.abs(x - 28 - (seed % 5)) < 4) return 2;
    return classes.includes(0) && Math.hypot(x - 12, y - 12 - (seed % 8)) < 8 ? 1 : 0;
  });
}

/** A square label map as a file. */
export const labelFile = (data: Uint8Array, size = SIZE): Uint8Array =>
  encodeLabelMap({ width: size, height: data.length / size, data });

/**
 * A project of small photos whose masks `exact` are right; the last quarter is in the split `val` and has ground truth, the
 * others are in `train`. Returns its folder.
 */
export function segmentProject(folder: string, count = 8): string {
  const isVal = (index: number): boolean => index >= count - count / 4;
  const root = smallProject(folder, count, (index) => (isVal(index) ? 'val' : 'train'));
  const project = openProject(root);
  [...project.store.iterateImages()].forEach((image, index) => {
    const file = labelFile(trueLabels(image.classes, index));
    put(root, `masks/exact/${image.id}.png`, file);
    if (!isVal(index)) return;
    put(root, `truth/${image.id}.png`, file);
    project.store.updateImage({ ...image, truth: drawnTruth(image.id) });
  });
  project.close();
  return root;
}

/** Options of a training of such a project that takes seconds. */
export const smallSegmentation = (iterations: number): string[] =>
  [
    'segmenter=tiny-largefov',
    'cropSize=41',
    'head.channels=16',
    'batchSize=2',
    'head.dropout=0.2',
    `iterations=${iterations}`,
  ]
    .concat(['validation.every=6', 'checkpoint.every=4'])
    .flatMap((pair) => ['--set', pair]);
