import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { referenceCheckpoint } from '../../electron/engine/learn/weights/mappings/index.js';
import type { NamedArrays } from '../../electron/engine/learn/weights/tensors.js';
import type { Tf } from '../../electron/engine/learn/runtime/tensorflow.js';
import type { GoldenCase, GoldenTensor } from './golden.js';

/** PyTorch's [B,C,H,W] numbers as a tensor [B,H,W,C]. */
export function fromNchw(tf: Tf, { data, shape }: GoldenTensor<any>): Tensor4D {
  return tf.tidy(() => tf.transpose(tf.tensor4d(data, shape as [number, number, number, number]), [0, 2, 3, 1]));
}

/** A tensor [B,H,W,C] as numbers in PyTorch's order [B,C,H,W]. */
export function toNchw(tf: Tf, x: Tensor): Float32Array {
  const moved = tf.transpose(x, [0, 3, 1, 2]);
  const data = moved.dataSync() as Float32Array;
  moved.dispose();
  return data;
}

/** The reference implementation's weights in a golden file, under our names and layouts. */
export function referenceWeights(golden: GoldenCase): NamedArrays {
  const isWeight = (name: string): boolean => /^(vgg\.|extra_)/.test(name);
  return referenceCheckpoint.map(
    new Map(
      [...golden.tensors]
        .filter(([name]) => isWeight(name))
        .map(([name, { shape, data }]) => [name, { shape, data: data as Float32Array }]),
    ),
  );
}
