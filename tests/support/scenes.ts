import type { RgbImage } from '../../shared/types.js';
import type { TrainingImage } from '../../electron/engine/learn/train/types.js';

/** A small photo of noise in which each class has its own bright square, so that there is something to learn. */
export function scene(size: number, seed: number, classes: readonly number[]): RgbImage {
  const data = new Uint8Array(size * size * 3);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 26;
  }
  const half = size >> 1;
  for (const classIndex of classes) {
    const left = (seed * 7 + classIndex * half) % half;
    const top = (seed * 5) % half;
    for (let y = top; y < top + half / 2; y++) {
      for (let x = left; x < left + half / 2; x++) data[(y * size + x) * 3 + (classIndex % 3)] = 250;
    }
  }
  return { width: size, height: size, data };
}

/** Training images with one or two of `classCount` labels, and their photos by id. */
export function scenes(
  count: number,
  classCount: number,
  size = 32,
): { images: TrainingImage[]; readPhoto: (id: string) => Promise<RgbImage> } {
  const images = Array.from({ length: count }, (_, i): TrainingImage => {
    const classes = i % 3 === 0 ? [i % classCount, (i + 1) % classCount] : [i % classCount];
    return { id: `image-${i}`, classes: [...new Set(classes)], domain: 'target' };
  });
  return {
    images,
    readPhoto: async (id) => {
      const index = images.findIndex((image) => image.id === id);
      return scene(size, index + 1, images[index].classes);
    },
  };
}
