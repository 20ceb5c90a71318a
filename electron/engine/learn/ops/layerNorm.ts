import type { GradSaveFunc, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import { convolution } from './convolution.js';
import { nativeBackend, typeAttribute } from './native.js';

/** Keeps a photo of one colour from dividing by zero. */
export const VARIANCE_EPSILON = 1e-5;

/**
 * relu(normalised x + bias): each image's activations are brought to mean 0 and variance 1 over positions and channels
 * (Ba, Kiros and Hinton, "Layer normalization", 2016, without gain). Unlike a batch norm it computes the same whatever
 * else is in the batch.
 *
 * @param x float32 [B,H,W,C]
 * @param bias float32 [C]
 * @returns float32 [B,H,W,C], not negative
 */
export function normalisedRelu(tf: Tf, x: Tensor4D, bias: Tensor): Tensor4D {
  // With c = x - mean, r one over x's deviation and d the gradient behind the ReLU, the gradient of x is
  // r (d - mean(d) - c r² mean(d c)). Left to the chain rule of the parts it takes more time than the convolutions of a
  // small net.
  const layer = tf.customGrad((...args) => {
    const [input, shift, save] = args as unknown as [Tensor4D, Tensor, GradSaveFunc];
    const backend = nativeBackend(tf);
    const averaged = (t: Tensor): Tensor => tf.mean(t, [1, 2, 3], true);
    const centred = tf.sub(input, averaged(input));
    const scale = tf.rsqrt(tf.add(averaged(tf.square(centred)), VARIANCE_EPSILON));
    const value = tf.relu(tf.add(tf.mul(centred, scale), shift)) as Tensor4D;
    save([centred, scale, value]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const [c, r, y] = saved as Tensor[];
        const d = backend.executeSingleOutput('ReluGrad', [typeAttribute(backend)], [dy as Tensor, y]);
        const along = tf.mul(c, tf.mul(averaged(tf.mul(d, c)), tf.square(r)));
        return [
          tf.mul(tf.sub(tf.sub(d, averaged(d)), along), r),
          backend.executeSingleOutput('BiasAddGrad', [typeAttribute(backend)], [d]),
        ];
      },
    };
  });
  return tf.tidy(() => layer(x, bias) as Tensor4D);
}

/**
 * Convolution, layer norm, bias, ReLU: a layer of a net that starts from nothing. Its activations neither grow nor die
 * out with depth, so that it learns from the first steps.
 *
 * @param x float32 [B,H,W,C]
 * @param filter float32 [h,w,C,D]
 * @param bias float32 [D]
 * @returns float32 [B,H',W',D], not negative
 */
export function normalisedConvolution(
  tf: Tf,
  x: Tensor,
  filter: Tensor,
  bias: Tensor,
  { stride = 1 }: { stride?: number } = {},
): Tensor4D {
  return tf.tidy(() => normalisedRelu(tf, convolution(tf, x, filter, null, { stride }), bias));
}
