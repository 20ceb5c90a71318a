import type { Tensor } from '@tensorflow/tfjs';
import { usesGpu } from '../runtime/load.js';
import type { Tf } from '../runtime/tensorflow.js';
import { takesDilations } from './convolution-gradients.js';
import { convolutionAttributes, nativeBackend, typeAttribute, type NativeBackend } from './native.js';

interface Step {
  stride: number;
  dilation: number;
}

/** x * filter + bias with TensorFlow's padding SAME; float32 [B,H,W,C], [h,w,C,D] and [D] to [B,H',W',D]. */
export type BiasedConvolution = (x: Tensor, filter: Tensor, bias: Tensor, step: Step) => Tensor;

/** In two operations, which every device has. What lies in between is disposed. */
export function composedBias(tf: Tf): BiasedConvolution {
  const backend = nativeBackend(tf);
  return (x, filter, bias, step) => {
    const sum = backend.executeSingleOutput('Conv2D', convolutionAttributes(backend, step), [x, filter]);
    const result = backend.executeSingleOutput('BiasAdd', [typeAttribute(backend)], [sum, bias]);
    sum.dispose();
    return result;
  };
}

/**
 * In one pass over the result, as oneDNN offers it: large results do not go through the memory once more for their bias. It
 * is the kernel that TensorFlow puts into graphs in place of the two operations; by name it is had one operation at a time.
 */
export function oneDnnBias(tf: Tf): BiasedConvolution {
  const backend = nativeBackend(tf);
  const label = { name: '_kernel', type: backend.binding.TF_ATTR_STRING, value: 'MklNameChangeOp' };
  return (x, filter, bias, step) =>
    backend.executeSingleOutput(
      '_MklNativeConv2DWithBias',
      [...convolutionAttributes(backend, step), label],
      [x, filter, bias],
    );
}

/** Whether TensorFlow uses oneDNN on the device, and has that kernel. */
function hasOneDnn(tf: Tf): boolean {
  // On a GPU's machine the kernel would be found on the processor, and the data sent to and fro. On a processor dilated
  // gradients tell whether TensorFlow uses oneDNN: the kernel is there as well where it prefers others.
  if (usesGpu(tf) || !takesDilations(tf)) return false;
  return tf.tidy(() => {
    try {
      oneDnnBias(tf)(tf.zeros([1, 3, 3, 1]), tf.zeros([3, 3, 1, 1]), tf.zeros([1]), { stride: 1, dilation: 1 });
      return true;
    } catch {
      return false;
    }
  });
}

const chosen = new WeakMap<NativeBackend, BiasedConvolution>();

/** The one that suits the device. */
export function biasedConvolution(tf: Tf): BiasedConvolution {
  const backend = nativeBackend(tf);
  const known = chosen.get(backend);
  if (known) return known;
  const convolution = hasOneDnn(tf) ? oneDnnBias(tf) : composedBias(tf);
  chosen.set(backend, convolution);
  return convolution;
}
