import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
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
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, [1, 2, 3], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, VARIANCE_EPSILON)));
  });
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
