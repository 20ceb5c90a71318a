import type { Tensor } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import type { Parameters, ParameterSpec } from './parameters.js';

/** The four weights of a batch norm of `channels` channels, all of them kept as they came. */
export function frozenNormSpecs(name: string, channels: number): [string, ParameterSpec][] {
  const parts = { gamma: 1, beta: 0, moving_mean: 0, moving_variance: 1 };
  return Object.entries(parts).map(([part, value]) => [
    `${name}.${part}`,
    { shape: [channels], init: { kind: 'constant', value }, group: 'frozen', bias: false },
  ]);
}

/**
 * A batch norm on its running statistics as one factor and one summand a channel, so that it goes into the convolution
 * before it: y = x · scale + shift.
 *
 * @param epsilon what the net was trained with is added to the variance
 * @returns float32 [channels] each
 */
export function frozenNorm(
  tf: Tf,
  weights: Parameters,
  name: string,
  epsilon: number,
): { scale: Tensor; shift: Tensor } {
  const scale = tf.div(weights[`${name}.gamma`], tf.sqrt(tf.add(weights[`${name}.moving_variance`], epsilon)));
  return { scale, shift: tf.sub(weights[`${name}.beta`], tf.mul(weights[`${name}.moving_mean`], scale)) };
}
