import type { Tensor } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';

/** An attribute of an operation; its type is one of the binding's numbers. */
export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** What the native backend offers below the public API: any TensorFlow operation by name. */
export interface NativeBackend {
  binding: Record<'TF_ATTR_INT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32', number>;
  /** Throws what TensorFlow refuses. */
  executeSingleOutput(name: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

export const nativeBackend = (tf: Tf): NativeBackend => tf.backend() as unknown as NativeBackend;

/** The attribute `T` of an operation on float32. */
export const typeAttribute = ({ binding }: NativeBackend): Attribute => ({
  name: 'T',
  type: binding.TF_ATTR_TYPE,
  value: binding.TF_FLOAT,
});

/** Attributes of Conv2D and its two gradients: NHWC, padding SAME. */
export function convolutionAttributes(
  backend: NativeBackend,
  { stride, dilation }: { stride: number; dilation: number },
): Attribute[] {
  const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_BOOL } = backend.binding;
  return [
    typeAttribute(backend),
    { name: 'strides', type: TF_ATTR_INT, value: [1, stride, stride, 1] },
    { name: 'padding', type: TF_ATTR_STRING, value: 'SAME' },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'use_cudnn_on_gpu', type: TF_ATTR_BOOL, value: true },
    { name: 'dilations', type: TF_ATTR_INT, value: [1, dilation, dilation, 1] },
  ];
}
