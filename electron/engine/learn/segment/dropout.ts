import type { Tensor4D } from '@tensorflow/tfjs';
import type { Random } from '../random.js';
import type { Tf } from '../runtime/tensorflow.js';
import type { Between, HeadLayer } from './head.js';

/** Bits of one uniform number that are told apart: two decisions a number, for the stream is what takes time. */
const LEVELS = 2 ** 16;

/** float32 [size]: 0 with probability `rate`, else 1 / (1 - rate), so that the mean stays. */
export function dropoutMask(size: number, rate: number, rng: Random): Float32Array {
  const mask = new Float32Array(size);
  const kept = 1 / (1 - rate);
  const limit = Math.round(rate * LEVELS);
  for (let i = 0; i < size; i += 2) {
    const drawn = Math.floor(rng() * LEVELS * LEVELS);
    if (drawn % LEVELS >= limit) mask[i] = kept;
    if (i + 1 < size && Math.floor(drawn / LEVELS) >= limit) mask[i + 1] = kept;
  }
  return mask;
}

/**
 * Dropout behind the layers of the head (Srivastava et al., JMLR 2014).
 *
 * @param randomOf a stream of its own for each layer and image of the batch
 */
export function dropout(tf: Tf, rate: number, randomOf: (layer: HeadLayer, image: number) => Random): Between {
  if (rate === 0) return (_, x) => x;
  return (layer, x) => {
    const [images, height, width, channels] = x.shape;
    const each = height * width * channels;
    const mask = new Float32Array(images * each);
    for (let image = 0; image < images; image++) {
      mask.set(dropoutMask(each, rate, randomOf(layer, image)), image * each);
    }
    return tf.mul(x, tf.tensor4d(mask, x.shape)) as Tensor4D;
  };
}
