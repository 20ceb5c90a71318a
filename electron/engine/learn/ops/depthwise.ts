import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';

/**
 * Depthwise 3x3 convolution with zero padding that keeps the size at stride 1.
 *
 * TensorFlow's CPU kernels know no dilated depthwise convolution. A dilation of d equals d*d ordinary convolutions, one
 * on each sub-grid of every d-th row and column; `spaceToBatchND` puts these grids into the batch.
 *
 * @param x float32 [B,H,W,C]
 * @param filter float32 [3,3,C,1]
 * @returns float32 [B,ceil(H/stride),ceil(W/stride),C]; stride and dilation exclude each other
 */
export function depthwiseConvolution(
  tf: Tf,
  x: Tensor4D,
  filter: Tensor,
  { stride = 1, dilation = 1 }: { stride?: number; dilation?: number } = {},
): Tensor4D {
  const kernel = filter as Tensor4D;
  if (dilation === 1) return tf.depthwiseConv2d(x, kernel, stride, 'same');
  if (stride !== 1) throw new RangeError('a dilated depthwise convolution has stride 1');
  const [, height, width] = x.shape;
  const rest = (size: number): number => (dilation - (size % dilation)) % dilation;
  const [restH, restW] = [rest(height), rest(width)];
  return tf.tidy(() => {
    const grids = tf.spaceToBatchND(
      x,
      [dilation, dilation],
      [
        [dilation, dilation + restH],
        [dilation, dilation + restW],
      ],
    ) as Tensor4D;
    const filtered = tf.depthwiseConv2d(grids, kernel, 1, 'valid');
    return tf.batchToSpaceND(
      filtered,
      [dilation, dilation],
      [
        [0, restH],
        [0, restW],
      ],
    ) as Tensor4D;
  });
}
