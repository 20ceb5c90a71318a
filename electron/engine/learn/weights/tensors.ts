/** One array of weights: float32, row-major, as many numbers as the product of `shape` (1 for a scalar's `[]`). */
export interface NamedArray {
  shape: number[];
  data: Float32Array;
}

/** Weights by name; the names and layouts of our own nets are in docs/weights.md. */
export type NamedArrays = Map<string, NamedArray>;

/** Numbers that an array of this shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** `[3,3,64,128]`, as messages show a shape. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(',')}]`;

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** A copy with its axes in another order: axis `i` of the result is axis `axes[i]` of the input. */
export function permute({ shape, data }: NamedArray, axes: readonly number[]): NamedArray {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const outShape = axes.map((axis) => shape[axis]);
  const outStrides = axes.map((axis) => strides[axis]);
  const out = new Float32Array(data.length);
  const index = new Array<number>(axes.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      from += outStrides[axis];
      if (++index[axis] < outShape[axis]) break;
      from -= outStrides[axis] * outShape[axis];
      index[axis] = 0;
    }
  }
  return { shape: outShape, data: out };
}

/** PyTorch's convolution kernel [out,in,height,width] as TensorFlow's [height,width,in,out]. */
export const oihwToHwio = (kernel: NamedArray): NamedArray => permute(kernel, [2, 3, 1, 0]);

/** A matrix with rows and columns exchanged: PyTorch's linear [out,in] as [in,out]. */
export const transposed = (matrix: NamedArray): NamedArray => permute(matrix, [1, 0]);
