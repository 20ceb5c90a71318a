import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import { convolutionGradients } from './convolution-gradients.js';
import { activated, forwardConvolution, type Layer } from './forward-convolution.js';
import { endIfAborted } from './interrupt.js';
import { convolutionAttributes, nativeBackend, typeAttribute, type NativeBackend } from './native.js';

export interface ConvolutionOptions {
  stride?: number;
  dilation?: number;
  /** Default `linear`. */
  activation?: Layer['activation'];
}

type Attributes = Required<ConvolutionOptions>;

const KERNEL = 'ComaskConvolution';

/** The last gradient that `beforeActivation` made on each device. */
const latest = new WeakMap<NativeBackend, Tensor>();

/**
 * Gradient before the activation: `ReluGrad` and `Relu6Grad` need the activation's output only. It serves all gradients of
 * one layer and goes when the next layer's is made; the tidy around the whole gradient takes the last one. Left to that
 * tidy, all layers' together would hold as much memory as the activations.
 */
function beforeActivation(backend: NativeBackend, dy: Tensor, y: Tensor, activation: Attributes['activation']): Tensor {
  if (activation === 'linear') return dy;
  latest.get(backend)?.dispose();
  const name = activation === 'relu' ? 'ReluGrad' : 'Relu6Grad';
  const gradient = backend.executeSingleOutput(name, [typeAttribute(backend)], [dy, y]);
  latest.set(backend, gradient);
  return gradient;
}

/**
 * Convolution, bias and activation as one operation that keeps its input and its output for the gradient and nothing in
 * between. The stock binding has no gradient for dilated convolutions.
 */
function register(tf: Tf): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      endIfAborted();
      const backend = nativeBackend(tf);
      const { x, filter, bias } = inputs as Record<string, Tensor>;
      const attributes = attrs as unknown as Attributes;
      if (bias) return forwardConvolution(tf)(x, filter, bias, attributes);
      const sum = backend.executeSingleOutput('Conv2D', convolutionAttributes(backend, attributes), [x, filter]);
      return activated(backend, sum, attributes.activation);
    },
  });

  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      endIfAborted();
      const backend = nativeBackend(tf);
      const [x, filter, y] = saved as Tensor[];
      const attributes = attrs as unknown as Attributes;
      const gradients = convolutionGradients(tf);
      const inner = beforeActivation(backend, dy as Tensor, y, attributes.activation);
      return {
        x: () => gradients.ofInput(x.shape, filter, inner, attributes),
        filter: () => gradients.ofFilter(x, filter.shape, inner, attributes),
        bias: () => backend.executeSingleOutput('BiasAddGrad', [typeAttribute(backend)], [inner]),
      };
    },
  });
}

/**
 * y = activation(x * filter + bias), zero padding that keeps the size at stride 1 (TensorFlow's SAME).
 *
 * @param x float32 [B,H,W,C]
 * @param filter float32 [h,w,C,D]
 * @param bias float32 [D], or null
 * @returns float32 [B,ceil(H/stride),ceil(W/stride),D]
 */
export function convolution(
  tf: Tf,
  x: Tensor,
  filter: Tensor,
  bias: Tensor | null,
  { stride = 1, dilation = 1, activation = 'linear' }: ConvolutionOptions = {},
): Tensor4D {
  if (!tf.getKernel(KERNEL, 'tensorflow')) register(tf);
  const inputs: Record<string, Tensor> = bias ? { x, filter, bias } : { x, filter };
  return tf.engine().runKernel(KERNEL, inputs, { stride, dilation, activation }) as Tensor4D;
}
