import type { NumpyType } from './type.js';

/** Dimensions numpy itself allows. */
const MAX_DIMENSIONS = 64;

/** An array of numpy: its bytes, or its items where they are Python objects. */
export interface NumpyArray {
  shape: readonly number[];
  type: NumpyType;
  /** Whether the first axis varies fastest; row-major otherwise. */
  fortranOrder: boolean;
  /** As many elements as the shape says. */
  data: Uint8Array | readonly unknown[];
}

/** Elements of an array of this shape: 1 for the shape of a scalar, `[]`. */
export const elementsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/**
 * The parts as an array, once they fit together. Throws RangeError, saying what is wrong: a shape that is none, or other
 * data than the shape asks for.
 */
export function numpyArray(shape: unknown, type: NumpyType, fortranOrder: boolean, data: unknown): NumpyArray {
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS || !shape.every(isSize))
    throw new RangeError('the shape of an array is none');
  const isObjects = type.code === 'O';
  const fits = isObjects ? Array.isArray(data) : data instanceof Uint8Array;
  const expected = elementsOf(shape) * (isObjects ? 1 : type.bytes);
  if (!fits || (data as ArrayLike<unknown>).length !== expected)
    throw new RangeError(
      `an array of shape (${shape.join(', ')}) and type ${type.code} has not the data it should have`,
    );
  return { shape, type, fortranOrder, data: data as NumpyArray['data'] };
}

/** All elements in row-major order. */
export function elements({ shape, type, fortranOrder, data }: NumpyArray): unknown[] {
  const stored = data instanceof Uint8Array ? decoded(data, type, elementsOf(shape)) : [...data];
  return fortranOrder && shape.length > 1 ? rowMajor(stored, shape) : stored;
}

function decoded(bytes: Uint8Array, type: NumpyType, count: number): unknown[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => type.read(view, i * type.bytes));
}

/** Column-major to row-major: steps through the indices in row-major order, keeping the place in the other. */
function rowMajor(stored: readonly unknown[], shape: readonly number[]): unknown[] {
  const strides = shape.map((_, axis) => elementsOf(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  let from = 0;
  return Array.from(stored, () => {
    const element = stored[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
    return element;
  });
}
