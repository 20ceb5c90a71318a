import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import { convolutionAttributes, nativeBackend, type NativeBackend } from './native.js';

interface Step {
  stride: number;
  dilation: number;
}

/** The two gradients of a convolution with TensorFlow's padding SAME; `dy` is float32 [B,H',W',D]. */
export interface ConvolutionGradients {
  /** @returns float32 of `shape`, [B,H,W,C] */
  ofInput(shape: number[], filter: Tensor, dy: Tensor, step: Step): Tensor;
  /** @returns float32 of `shape`, [h,w,C,D] */
  ofFilter(x: Tensor, shape: number[], dy: Tensor, step: Step): Tensor;
}

/** TensorFlow's own kernels. On a processor they know dilations only where oneDNN is in use. */
export function nativeGradients(tf: Tf): ConvolutionGradients {
  const backend = nativeBackend(tf);
  return {
    ofInput: (shape, filter, dy, step) =>
      backend.executeSingleOutput('Conv2DBackpropInput', convolutionAttributes(backend, step), [
        tf.tensor1d(shape, 'int32'),
        filter,
        dy,
      ]),
    ofFilter: (x, shape, dy, step) =>
      backend.executeSingleOutput('Conv2DBackpropFilter', convolutionAttributes(backend, step), [
        x,
        tf.tensor1d(shape, 'int32'),
        dy,
      ]),
  };
}

/**
 * The same gradients out of operations that every device has, for filters of odd size.
 *
 * Of the input, at stride 1: the convolution of `dy` with the filter turned by 180 degrees and its channels swapped
 * (also a third faster than the plain kernel on a processor). Of the filter: a dilation of d equals d*d ordinary
 * convolutions, one on each sub-grid of every d-th row and column, whose gradients add up.
 */
export function composedGradients(tf: Tf): ConvolutionGradients {
  const backend = nativeBackend(tf);
  const native = nativeGradients(tf);
  return {
    ofInput(shape, filter, dy, step) {
      if (step.stride !== 1) return native.ofInput(shape, filter, dy, step);
      const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
      return backend.executeSingleOutput('Conv2D', convolutionAttributes(backend, step), [dy, turned]);
    },
    ofFilter(x, shape, dy, step) {
      const { dilation } = step;
      if (dilation === 1) return native.ofFilter(x, shape, dy, step);
      const rest = (size: number): [number, number] => [0, (dilation - (size % dilation)) % dilation];
      const grids = (t: Tensor): Tensor =>
        tf.spaceToBatchND(t as Tensor4D, [dilation, dilation], [rest(t.shape[1]!), rest(t.shape[2]!)]);
      return native.ofFilter(grids(x), shape, grids(dy), { stride: 1, dilation: 1 });
    },
  };
}

/** Whether the device's gradient kernels take a dilation; TensorFlow decides by the processor and tells only by refusing. */
export function takesDilations(tf: Tf): boolean {
  return tf.tidy(() => {
    try {
      nativeGradients(tf).ofInput([1, 3, 3, 1], tf.zeros([3, 3, 1, 1]), tf.zeros([1, 3, 3, 1]), {
        stride: 1,
        dilation: 2,
      });
      return true;
    } catch {
      return false;
    }
  });
}

const chosen = new WeakMap<NativeBackend, ConvolutionGradients>();

/** The gradients that suit the device: its own kernels where they take dilations, else the composed ones. */
export function convolutionGradients(tf: Tf): ConvolutionGradients {
  const backend = nativeBackend(tf);
  const known = chosen.get(backend);
  if (known) return known;
  const gradients = takesDilations(tf) ? nativeGradients(tf) : composedGradients(tf);
  chosen.set(backend, gradients);
  return gradients;
}
