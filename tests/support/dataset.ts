import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { encodeLabelMap } from '../../electron/engine/images/index.js';

/** One image of a synthetic dataset. */
export interface SyntheticImage {
  id: string;
  split?: string;
  /** 0-based. */
  classes: number[];
  width?: number;
  height?: number;
  /** Size of the ground truth, where it is to differ from the photo's; null: no ground truth. */
  truth?: { width: number; height: number } | null;
}

export const SIZE = { width: 24, height: 16 } as const;

/** Writes a file of a test, with its folders. */
export function put(root: string, path: string, data: string | Uint8Array): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
  return file;
}

/** A JPEG with a gradient in it, so that cutting it short cuts pixels. */
export async function jpeg(width: number = SIZE.width, height: number = SIZE.height): Promise<Buffer> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** An indexed PNG whose left half carries the first class. */
function truthMap({ width, height }: { width: number; height: number }, label: number): Uint8Array {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? label : 0));
  return encodeLabelMap({ width, height, data });
}

/** Writes a VOC devkit: photos, ground truth, lists and label files as the images say. Returns the folder. */
export async function vocDevkit(root: string, images: readonly SyntheticImage[]): Promise<string> {
  const lists = new Map<string, SyntheticImage[]>();
  for (const image of images) {
    const { id, classes, width = SIZE.width, height = SIZE.height, truth = { width, height } } = image;
    put(root, `JPEGImages/${id}.jpg`, await jpeg(width, height));
    if (truth) put(root, `SegmentationClass/${id}.png`, truthMap(truth, (classes[0] ?? -1) + 1));
    if (image.split) lists.set(image.split, [...(lists.get(image.split) ?? []), image]);
  }
  for (const [split, listed] of lists) {
    put(root, `ImageSets/Segmentation/${split}.txt`, listed.map(({ id }) => `${id}\n`).join(''));
    const labels = listed.map(({ id, classes }) => `${id} ${classes.join(' ')}\n`);
    put(root, `ImageSets/Segmentation/${split}_cls.txt`, labels.join(''));
  }
  return root;
}
