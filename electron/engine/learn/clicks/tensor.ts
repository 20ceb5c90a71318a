import type { Tensor } from 'onnxruntime-node';
import type { OnnxRuntime } from '../onnx/session.js';
import type { Values } from './family.js';

/** Types of numbers that a decoder may ask for. */
export const numberTypes = ['float32', 'int32', 'int64'] as const;
export type NumberType = (typeof numberTypes)[number];

export const isNumberType = (type: string): type is NumberType => (numberTypes as readonly string[]).includes(type);

/** Numbers as a tensor of a type. */
export function tensorOf({ Tensor: Made }: OnnxRuntime, type: string, { numbers, shape }: Values): Tensor {
  if (type === 'int64')
    return new Made(
      'int64',
      BigInt64Array.from(numbers, (value) => BigInt(Math.round(value))),
      shape,
    );
  if (type === 'int32') return new Made('int32', Int32Array.from(numbers), shape);
  return new Made('float32', Float32Array.from(numbers), shape);
}
