import type { GradSaveFunc, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import { convolution } from './convolution.js';

/** Keeps a photo of one colour from dividing by zero. */
const VARIANCE_EPSILON = 1e-5;

/**
 * Each image's activations to mean 0 and variance 1 over positions and channels (Ba, Kiros and Hinton, "Layer
 * normalization", 2016, without gain). Unlike a batch norm it computes the same whatever else is in the batch.
 *
 * @param x float32 [B,H,W,C]
 */
export function layerNorm(tf: Tf, x: Tensor4D): Tensor4D {
  // With x's deviation r and y = (x - mean) / r, the gradient of x is (dy - mean(dy) - y mean(dy y)) / r. Left to the
  // chain rule of its parts it takes twice as long, more than the convolutions of a small net.
  const normalise = tf.customGrad((...args) => {
    const [input, save] = args as unknown as [Tensor4D, GradSaveFunc];
    const averaged = (t: Tensor): Tensor => tf.mean(t, [1, 2, 3], true);
    const centred = tf.sub(input, averaged(input));
    const scale = tf.rsqrt(tf.add(averaged(tf.square(centred)), VARIANCE_EPSILON));
    const value = tf.mul(centred, scale) as Tensor4D;
    save([value, scale]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const [y, r] = saved as Tensor[];
        const along = tf.mul(y, averaged(tf.mul(dy, y)));
        return tf.mul(tf.sub(tf.sub(dy, averaged(dy)), along), r);
      },
    };
  });
  return tf.tidy(() => normalise(x) as Tensor4D);
}

/**
 * Convolution, layer norm, bias, ReLU: a layer of a net that starts from nothing. Its activations neither grow nor die
 * out with depth, so that it learns from the first steps.
 *
 * @param x float32 [B,H,W,C]
 * @param filter float32 [h,w,C,D]
 * @param bias float32 [D]
 * @returns float32 [B,H,W,D], not negative
 */
export function normalisedConvolution(tf: Tf, x: Tensor, filter: Tensor, bias: Tensor): Tensor4D {
  return tf.tidy(() => tf.relu(tf.add(layerNorm(tf, convolution(tf, x, filter, null)), bias)));
}
