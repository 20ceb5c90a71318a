import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';

/** One layer, or a few of them: [B,H,W,C] to [B,H',W',D]. */
export type Step = (x: Tensor4D) => Tensor4D;

/**
 * Steps one after the other. What lies in between goes as soon as the next step has seen it, not with the whole net: less
 * memory, and the next result is written where the processor's cache still is. What a gradient needs is kept by the tape.
 *
 * @param x the caller's; left as it is
 */
export function chained(tf: Tf, x: Tensor4D, steps: readonly Step[]): Tensor4D {
  return steps.reduce((input, step) => {
    const output = tf.tidy(() => step(input));
    if (input !== x && output !== input) input.dispose();
    return output;
  }, x);
}
