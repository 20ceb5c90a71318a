import type { Sample } from '../../electron/engine/learn/segment/samples.js';
import { scene } from './scenes.js';

/** Scenes with the bright square of each class as its mask, by id. */
export function segmentScenes(
  count: number,
  classCount: number,
  size = 48,
): { ids: string[]; read: (id: string) => Promise<Sample> } {
  const ids = Array.from({ length: count }, (_, i) => `scene-${i}`);
  return {
    ids,
    async read(id) {
      const seed = ids.indexOf(id) + 1;
      const classIndex = seed % classCount;
      const photo = scene(size, seed, [classIndex]);
      const labels = new Uint8Array(size * size);
      for (let i = 0; i < labels.length; i++)
        if (photo.data[i * 3 + (classIndex % 3)] === 250) labels[i] = classIndex + 1;
      return { photo, labels: { width: size, height: size, data: labels }, weight: 1 };
    },
  };
}
