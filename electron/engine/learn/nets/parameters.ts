import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import type { NamedArrays } from '../weights/tensors.js';

/** Weights of a net by name. A net is a pure function of tensors and of these. */
export type Parameters = Readonly<Record<string, Tensor>>;
export type TrainableParameters = Record<string, Variable>;

/** How a weight that no file brings starts. */
export type Initialiser =
  | { kind: 'zeros' }
  | { kind: 'identity' }
  | { kind: 'constant'; value: number }
  | { kind: 'normal'; std: number }
  | { kind: 'uniform'; bound: number };

/** One weight: shape in TensorFlow's layout (convolution [h,w,in,out], matrix [in,out]) and how it is trained. */
export interface ParameterSpec {
  shape: number[];
  init: Initialiser;
  /** `frozen` weights are constants, e.g. the statistics of a batch norm. */
  group: 'backbone' | 'new' | 'frozen';
  /** Biases have a learning rate of their own. */
  bias: boolean;
  /** False where weight decay would only do harm. */
  decay?: boolean;
}

export type ParameterSpecs = Map<string, ParameterSpec>;

/** Shapes by name, as a file of weights is checked against. */
export const shapesOf = (specs: ParameterSpecs): Map<string, number[]> =>
  new Map([...specs].map(([name, { shape }]) => [name, shape]));

/** A 3x3 convolution: sizes, how its filter starts, how it is trained. */
export interface ConvolutionSpec {
  from: number;
  to: number;
  /** Deviation of the filter's first values; the bias starts at zero. */
  std: number;
  group: ParameterSpec['group'];
}

/** The two weights of a 3x3 convolution: `<name>.weight` [3,3,from,to] and `<name>.bias` [to]. */
export function convolutionSpecs(name: string, { from, to, std, group }: ConvolutionSpec): [string, ParameterSpec][] {
  return [
    [`${name}.weight`, { shape: [3, 3, from, to], init: { kind: 'normal', std }, group, bias: false }],
    [`${name}.bias`, { shape: [to], init: { kind: 'zeros' }, group, bias: true }],
  ];
}

const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Standard normal numbers from uniform ones in [0,1) (Box and Muller, 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** First values of one weight, row-major. */
export function initialValues({ shape, init }: ParameterSpec, random: () => number): Float32Array {
  const values = new Float32Array(size(shape));
  switch (init.kind) {
    case 'zeros':
      return values;
    case 'constant':
      return values.fill(init.value);
    case 'identity':
      for (let i = 0; i < shape[0]; i++) values[i * shape[1] + i] = 1;
      return values;
    case 'normal':
      return values.map(() => init.std * normal(random));
    case 'uniform':
      return values.map(() => init.bound * (2 * random() - 1));
  }
}

/** Weights from a file as constant tensors; the caller disposes them. */
export function constantParameters(tf: Tf, arrays: NamedArrays): Record<string, Tensor> {
  return Object.fromEntries([...arrays].map(([name, { data, shape }]) => [name, tf.tensor(data, shape, 'float32')]));
}

/** Tensors by name as plain arrays, for a checkpoint. */
export function toArrays(tensors: Readonly<Record<string, Tensor>>): NamedArrays {
  return new Map(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      { shape: [...tensor.shape], data: new Float32Array(tensor.dataSync() as Float32Array) },
    ]),
  );
}
