import type { Tensor } from '@tensorflow/tfjs';
import { usesGpu } from '../runtime/load.js';
import type { Tf } from '../runtime/tensorflow.js';
import { takesDilations } from './convolution-gradients.js';
import { convolutionAttributes, nativeBackend, typeAttribute, type Attribute, type NativeBackend } from './native.js';

export interface Layer {
  stride: number;
  dilation: number;
  activation: 'linear' | 'relu' | 'relu6';
}

/**
 * activation(x * filter + bias) with TensorFlow's padding SAME; float32 [B,H,W,C], [h,w,C,D] and [D] to [B,H',W',D]. Nothing
 * that lies in between is left.
 */
export type ForwardConvolution = (x: Tensor, filter: Tensor, bias: Tensor, layer: Layer) => Tensor;

const activations = { linear: null, relu: 'Relu', relu6: 'Relu6' } as const;

/** The activation in an operation of its own, in the place of `x`, which it takes. */
export function activated(backend: NativeBackend, x: Tensor, activation: Layer['activation']): Tensor {
  const name = activations[activation];
  if (name === null) return x;
  const result = backend.executeSingleOutput(name, [typeAttribute(backend)], [x]);
  x.dispose();
  return result;
}

/** In operations that every device has. */
export function composedForward(tf: Tf): ForwardConvolution {
  const backend = nativeBackend(tf);
  return (x, filter, bias, layer) => {
    const sum = backend.executeSingleOutput('Conv2D', convolutionAttributes(backend, layer), [x, filter]);
    const biased = backend.executeSingleOutput('BiasAdd', [typeAttribute(backend)], [sum, bias]);
    sum.dispose();
    return activated(backend, biased, layer.activation);
  };
}

/**
 * Kernels of oneDNN that TensorFlow puts into graphs in the place of several operations; by name they are had one operation
 * at a time. A large result then goes through the memory once, not once more for its bias and for its activation.
 */
const label = ({ binding }: NativeBackend): Attribute => ({ name: '_kernel', type: binding.TF_ATTR_STRING, value: 'MklNameChangeOp' }); // prettier-ignore

/** The bias within the convolution. */
export function biasedForward(tf: Tf): ForwardConvolution {
  const backend = nativeBackend(tf);
  return (x, filter, bias, layer) => {
    const attributes = [...convolutionAttributes(backend, layer), label(backend)];
    const sum = backend.executeSingleOutput('_MklNativeConv2DWithBias', attributes, [x, filter, bias]);
    return activated(backend, sum, layer.activation);
  };
}

/** Bias and activation within the convolution. The binding must take lists of strings and of types as attributes. */
export function fusedForward(tf: Tf): ForwardConvolution {
  const backend = nativeBackend(tf);
  const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  return (x, filter, bias, layer) => {
    const name = activations[layer.activation];
    const attributes = [
      ...convolutionAttributes(backend, layer).filter((one) => one.name !== 'use_cudnn_on_gpu'),
      label(backend),
      { name: 'num_args', type: TF_ATTR_INT, value: 1 },
      { name: 'num_host_args', type: TF_ATTR_INT, value: 0 },
      { name: 'TArgs', type: TF_ATTR_TYPE, value: [TF_FLOAT] },
      { name: 'fused_ops', type: TF_ATTR_STRING, value: ['BiasAdd', ...(name === null ? [] : [name])] },
    ];
    return backend.executeSingleOutput('_MklNativeFusedConv2D', attributes, [x, filter, bias]);
  };
}

/** Whether a way works here; the binding and TensorFlow tell only by refusing. */
function works(tf: Tf, forward: ForwardConvolution): boolean {
  return tf.tidy(() => {
    try {
      forward(tf.zeros([1, 3, 3, 1]), tf.zeros([3, 3, 1, 1]), tf.zeros([1]), { stride: 1, dilation: 1, activation: 'relu' }); // prettier-ignore
      return true;
    } catch {
      return false;
    }
  });
}

const chosen = new WeakMap<NativeBackend, ForwardConvolution>();

/** The one that suits the device: as much at once as works. */
export function forwardConvolution(tf: Tf): ForwardConvolution {
  const backend = nativeBackend(tf);
  const known = chosen.get(backend);
  if (known) return known;
  // On a GPU's machine the kernels would be found on the processor, and the data sent to and fro. On a processor dilated
  // gradients tell whether TensorFlow uses oneDNN: its kernels are there as well where others are preferred.
  const oneDnn = usesGpu(tf) || !takesDilations(tf) ? [] : [fusedForward(tf), biasedForward(tf)];
  const forward = oneDnn.find((one) => works(tf, one)) ?? composedForward(tf);
  chosen.set(backend, forward);
  return forward;
}
