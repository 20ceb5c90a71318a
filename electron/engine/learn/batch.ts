import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { RgbImage } from '../../../shared/types.js';
import { normalise, type Colours } from '../images/index.js';
import type { Tf } from './runtime/tensorflow.js';

/**
 * Photos of one size as one tensor.
 *
 * @returns float32 [B,H,W,3], normalised by `colours`
 */
export function photoBatch(tf: Tf, photos: readonly RgbImage[], colours: Colours): Tensor4D {
  const [{ width, height }] = photos;
  const each = height * width * 3;
  const values = new Float32Array(photos.length * each);
  photos.forEach((photo, i) => normalise(photo, colours, values.subarray(i * each, (i + 1) * each)));
  return tf.tensor4d(values, [photos.length, height, width, 3]);
}

/** Labels as rows of zeros and ones: float32 [B,K]. */
export function labelBatch(tf: Tf, labels: readonly (readonly number[])[], classCount: number): Tensor2D {
  const values = new Float32Array(labels.length * classCount);
  labels.forEach((classes, row) => classes.forEach((classIndex) => (values[row * classCount + classIndex] = 1)));
  return tf.tensor2d(values, [labels.length, classCount]);
}

/**
 * What each label counts in a loss: float32 [B,K], 1 where nothing else is said; null where every label of the batch
 * counts fully.
 */
export function weightBatch(
  tf: Tf,
  weights: readonly (Readonly<Record<number, number>> | undefined)[],
  classCount: number,
): Tensor2D | null {
  if (!weights.some((own) => own && Object.keys(own).length > 0)) return null;
  const values = new Float32Array(weights.length * classCount).fill(1);
  weights.forEach((own, row) => {
    for (const [classIndex, weight] of Object.entries(own ?? {}))
      values[row * classCount + Number(classIndex)] = weight;
  });
  return tf.tensor2d(values, [weights.length, classCount]);
}
