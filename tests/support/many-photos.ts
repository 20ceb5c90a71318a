import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodeLabelMap } from '../../electron/engine/images/index.js';

/** Classes of the labels: the 20 of VOC, which a devkit without classes.txt has. */
const CLASSES = 20;
/** Different photos; the others are copies, which cost an import the same. */
const DISTINCT = 50;

/** A noisy JPEG and an indexed PNG of its size. */
async function pair(seed: number, width: number, height: number): Promise<{ photo: Uint8Array; mask: Uint8Array }> {
  let state = seed + 1;
  const noise = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((i + seed * 40) & 127) + (state >>> 27);
  });
  const photo = await sharp(noise, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
  const label = 1 + (seed % CLASSES);
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? label : 0));
  return { photo, mask: encodeLabelMap({ width, height, data }) };
}

/**
 * Writes a VOC devkit of `count` small photos with labels and ground truth, nine tenths of them in train and the rest in
 * val. With `from`, photos before that number are taken to be there already, and only the lists are written anew.
 */
export async function manyPhotos(root: string, count: number, from = 0): Promise<void> {
  const [photos, masks, lists] = ['JPEGImages', 'SegmentationClass', 'ImageSets/Segmentation'].map((folder) => join(root, folder)); // prettier-ignore
  for (const folder of [photos, masks, lists]) mkdirSync(folder, { recursive: true });
  const pairs = await Promise.all(Array.from({ length: DISTINCT }, (_, seed) => pair(seed, 64 + (seed % 5), 48)));
  const ids: Record<string, string[]> = { train: [], val: [] };
  const labels: Record<string, string[]> = { train: [], val: [] };
  for (let i = 0; i < count; i++) {
    const id = `p${String(i).padStart(7, '0')}`;
    const split = i % 10 === 9 ? 'val' : 'train';
    ids[split].push(`${id}\n`);
    labels[split].push(`${id} ${i % CLASSES}${i % 3 === 0 ? ` ${(i + 7) % CLASSES}` : ''}\n`);
    if (i < from) continue;
    const { photo, mask } = pairs[i % DISTINCT];
    writeFileSync(join(photos, `${id}.jpg`), photo);
    writeFileSync(join(masks, `${id}.png`), mask);
  }
  for (const split of ['train', 'val']) {
    writeFileSync(join(lists, `${split}.txt`), ids[split].join(''));
    writeFileSync(join(lists, `${split}_cls.txt`), labels[split].join(''));
  }
}
