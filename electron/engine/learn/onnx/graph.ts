import { permute, type NamedArray, type NamedArrays } from '../weights/tensors.js';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from './encode.js';

/** A value of a graph, by its name. Pictures are [N,C,H,W]. */
export type Value = string;

/** TensorFlow's kernel [h,w,in,out] as ONNX' [out,in,h,w]. */
const hwioToOihw = (kernel: NamedArray): NamedArray => permute(kernel, [3, 2, 0, 1]);

export interface LayerOptions {
  stride?: number;
  dilation?: number;
  activation?: 'linear' | 'relu' | 'relu6';
  /**
   * Where the size is halved: as much padding behind as in front, or TensorFlow's, which on even sizes pads behind only.
   * At stride 1 they are the same.
   */
  padding?: 'symmetric' | 'tensorflow';
  /** Groups of channels that see only each other; all of them for a depthwise convolution. */
  groups?: number;
}

/** Builds a graph node by node; values are named by their number and operator. */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  /** Adds a node with one output. */
  node(type: string, inputs: readonly Value[], attributes: Record<string, OnnxAttribute> = {}): Value {
    const output = `${type.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  /** Gives a value the name of an output. */
  named(value: Value, name: string): Value {
    this.nodes.push({ type: 'Identity', inputs: [value], output: name, attributes: {} });
    return name;
  }

  floats(name: string, shape: readonly number[], data: Float32Array | readonly number[]): Value {
    const own = Float32Array.from(data);
    return this.#constant({ name, shape, type: 'float32', bytes: new Uint8Array(own.buffer) });
  }

  integers(name: string, data: readonly number[]): Value {
    const own = BigInt64Array.from(data.map(BigInt));
    return this.#constant({ name, shape: [data.length], type: 'int64', bytes: new Uint8Array(own.buffer) });
  }

  #constant(tensor: OnnxTensor): Value {
    const unique = this.tensors.some(({ name }) => name === tensor.name) ? `${tensor.name}_${this.tensors.length}` : tensor.name; // prettier-ignore
    this.tensors.push({ ...tensor, name: unique });
    return unique;
  }

  /**
   * Convolution, bias and activation.
   *
   * @param kernel [h,w,in,out] as our nets have it
   */
  convolution(
    x: Value,
    name: string,
    kernel: NamedArray,
    bias: Float32Array | null,
    options: LayerOptions = {},
  ): Value {
    const { stride = 1, dilation = 1, activation = 'linear', padding = 'symmetric', groups = 1 } = options;
    const [height, width] = kernel.shape;
    const oihw = hwioToOihw(kernel);
    const inputs = [x, this.floats(`${name}.weight`, oihw.shape, oihw.data)];
    if (bias) inputs.push(this.floats(`${name}.bias`, [bias.length], bias));
    const [down, across] = [height, width].map((size) => (dilation * (size - 1)) / 2);
    const pads: Record<string, OnnxAttribute> =
      stride > 1 && padding === 'tensorflow'
        ? { auto_pad: { string: 'SAME_UPPER' } }
        : { pads: { ints: [down, across, down, across] } };
    const y = this.node('Conv', inputs, {
      kernel_shape: { ints: [height, width] },
      strides: { ints: [stride, stride] },
      dilations: { ints: [dilation, dilation] },
      group: { int: groups },
      ...pads,
    });
    if (activation === 'linear') return y;
    if (activation === 'relu') return this.node('Relu', [y]);
    return this.node('Clip', [y, this.floats('zero', [], [0]), this.floats('six', [], [6])]);
  }

  /** Maximum or mean over windows; `padding` as of `convolution`, or none. What lies outside counts nothing. */
  pool(
    type: 'MaxPool' | 'AveragePool',
    x: Value,
    size: number,
    stride: number,
    padding: 'none' | 'symmetric' | 'tensorflow',
  ): Value {
    // prettier-ignore
    const half = (size - 1) / 2;
    const pads: Record<string, OnnxAttribute> =
      padding === 'tensorflow'
        ? { auto_pad: { string: 'SAME_UPPER' } }
        : { pads: { ints: padding === 'none' ? [0, 0, 0, 0] : [half, half, half, half] } };
    return this.node(type, [x], { kernel_shape: { ints: [size, size] }, strides: { ints: [stride, stride] }, ...pads });
  }

  /** relu(normalised x + bias), over channels and positions: see normalisedRelu. */
  normalisedRelu(x: Value, name: string, bias: Float32Array, epsilon: number): Value {
    const mean = (value: Value): Value =>
      this.node('ReduceMean', [value], { axes: { ints: [1, 2, 3] }, keepdims: { int: 1 } });
    const centred = this.node('Sub', [x, mean(x)]);
    const variance = this.node('Add', [
      mean(this.node('Mul', [centred, centred])),
      this.floats('epsilon', [], [epsilon]),
    ]);
    const normalised = this.node('Div', [centred, this.node('Sqrt', [variance])]);
    return this.node('Relu', [
      this.node('Add', [normalised, this.floats(`${name}.bias`, [1, bias.length, 1, 1], bias)]),
    ]);
  }
}

/** A weight by its name; throws where a net has none of that name, which is a mistake of the graph's. */
export function weightOf(weights: NamedArrays, name: string): NamedArray {
  const found = weights.get(name);
  if (!found) throw new RangeError(`there is no weight "${name}"`);
  return found;
}
