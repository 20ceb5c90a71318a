import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainSettings } from '../../../shared/settings/index.js';
import type { RgbImage } from '../../../shared/types.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { classifierParameters } from '../../../electron/engine/learn/nets/classifier.js';
import { firstWeights } from '../../../electron/engine/learn/train/state.js';
import { decodeSafetensors, encodeSafetensors } from '../../../electron/engine/learn/weights/safetensors.js';
import type { NamedArrays } from '../../../electron/engine/learn/weights/tensors.js';
import { photoOf } from './photos.js';

/** Classes of the nets that are timed, as VOC has. */
export const CLASSES = 20;

/** The tensor library on as many threads as asked for. */
export async function tensorflow(threads: number): Promise<Tf> {
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.OMP_NUM_THREADS = String(threads);
  return loadTensorflow({ device: 'cpu' });
}

export const versionsOf = (tf: Tf): Record<string, string> => ({
  node: process.versions.node,
  'tensorflow.js': tf.version_core,
  tensorflow: (tf.backend() as unknown as { binding: { TF_Version: string } }).binding.TF_Version,
});

/** First weights of a classifier, drawn, in a file that both sides read. */
export function writeWeights(folder: string, settings: TrainSettings): void {
  const weights = firstWeights(classifierParameters(settings, CLASSES), null, settings.seed);
  writeFileSync(join(folder, 'weights.safetensors'), encodeSafetensors(weights));
}

export const readWeights = (folder: string): NamedArrays =>
  decodeSafetensors(readFileSync(join(folder, 'weights.safetensors'))).tensors;

/** Squares of pixels one after the other, uint8 [count,size,size,3]. */
export function writePixels(folder: string, count: number, size: number): void {
  const pixels = new Uint8Array(count * size * size * 3);
  for (let i = 0; i < count; i++) pixels.set(photoOf(i, size, size).data, i * size * size * 3);
  writeFileSync(join(folder, 'photos.u8'), pixels);
}

export function readPixels(folder: string, size: number): RgbImage[] {
  const pixels = new Uint8Array(readFileSync(join(folder, 'photos.u8')));
  const each = size * size * 3;
  return Array.from({ length: pixels.length / each }, (_, i) => ({
    width: size,
    height: size,
    data: pixels.slice(i * each, (i + 1) * each),
  }));
}
