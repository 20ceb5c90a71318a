import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { createProject } from '../../electron/engine/project/project.js';
import type { ImageRecord } from '../../shared/project.js';

/** Pixels a side of the photos. */
const SIZE = 40;

/** Red discs and green bars on noise: something that a small net can tell apart. */
function photo(classes: readonly number[], seed: number): Uint8Array {
  const data = new Uint8Array(SIZE * SIZE * 3);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = 90 + (state >>> 26);
  }
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const at = (y * SIZE + x) * 3;
      if (classes.includes(0) && Math.hypot(x - 12, y - 12 - (seed % 8)) < 8) data.set([220, 30, 30], at);
      if (classes.includes(1) && Math.abs(x - 28 - (seed % 5)) < 4) data.set([30, 200, 30], at);
    }
  }
  return encode({ width: SIZE, height: SIZE, data, channels: 3, depth: 8 });
}

/**
 * A project of `count` small photos of two classes in `folder`/project, its photos in `folder`/photos.
 */
export function smallProject(
  folder: string,
  count = 8,
  split: (index: number) => string | null = () => 'train',
): string {
  const photos = join(folder, 'photos');
  mkdirSync(photos, { recursive: true });
  const root = join(folder, 'project');
  const project = createProject(root, { name: 'small', classes: ['disc', 'bar'] });
  const dataset = project.addDataset({ root: photos, format: 'folders', domain: 'target' });
  const images = Array.from({ length: count }, (_, i): ImageRecord => {
    const classes = i % 3 === 2 ? [0, 1] : [i % 3];
    const id = `p${String(i).padStart(3, '0')}`;
    writeFileSync(join(photos, `${id}.png`), photo(classes, i));
    return {
      id,
      dataset,
      path: `${id}.png`,
      width: SIZE,
      height: SIZE,
      split: split(i),
      domain: 'target',
      classes,
      truth: null,
    };
  });
  project.store.addImages(images);
  project.close();
  return root;
}

/** Options of a training of the small project that takes seconds; too short to learn, so the watch is off. */
export const smallTraining = (epochs: number): string[] =>
  ['backbone=tiny', 'inputSize=32', 'batchSize=2', `epochs=${epochs}`, 'watch.enabled=off'].flatMap((pair) => [
    '--set',
    pair,
  ]);
