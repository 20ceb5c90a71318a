import {
  Buildable,
  globalsOf,
  isTuple,
  PickleError,
  PickleGlobal,
  pythonGlobals,
  type PickleContext,
  type PickleGlobals,
} from '../pickle/index.js';
import { numpyArray, type NumpyArray } from './array.js';
import { numpyType, type NumpyType } from './type.js';

/**
 * Data of an array or scalar: what Python 2 pickled as str becomes its bytes. Its size is counted however often it is
 * used, so that whoever reads all arrays of a pickle is bounded too.
 */
function dataOf(value: unknown, context: PickleContext): unknown {
  if (typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value)) context.spend(value.length);
  return typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'latin1')) : value;
}

/** A dtype; the byte order comes with the state. */
class PickledType extends Buildable {
  type: NumpyType;

  constructor(private readonly descriptor: string) {
    super();
    this.type = typeOf(descriptor);
  }

  /** (version, byte order, subarray, names, fields, ...): only plain types, which have none of the last three. */
  setState(state: unknown): void {
    const [, order, subarray, names, fields] = isTuple(state) ? state : [];
    if (typeof order !== 'string' || order.length !== 1) throw new PickleError('a numpy type has no byte order');
    if ([subarray, names, fields].some((part) => part !== null)) throw new PickleError('a numpy type has fields');
    this.type = typeOf(order + this.descriptor);
  }
}

function typeOf(descriptor: string): NumpyType {
  const type = numpyType(descriptor);
  if (type) return type;
  throw new PickleError(`numpy's type ${JSON.stringify(descriptor.slice(0, 40))} is not read`);
}

/** An ndarray that a pickle makes empty and fills by its state. */
export class PickledArray extends Buildable {
  /** null where the pickle never gave it a state. */
  array: NumpyArray | null = null;

  /** (version, shape, type, Fortran order, data); the oldest have no version. */
  setState(state: unknown, context: PickleContext): void {
    const parts = isTuple(state) ? state.slice(-4) : [];
    this.fill(parts[0], parts[1], parts[2] === true || parts[2] === 1, dataOf(parts[3], context));
  }

  fill(shape: unknown, type: unknown, fortranOrder: boolean, data: unknown): this {
    if (!(type instanceof PickledType)) throw new PickleError('a numpy array has no type');
    try {
      this.array = numpyArray(shape, type.type, fortranOrder, data);
    } catch (error) {
      if (error instanceof RangeError) throw new PickleError(error.message, { cause: error });
      throw error;
    }
    return this;
  }
}

/** A scalar comes to the plain value it holds. */
function scalar([type, data]: readonly unknown[], context: PickleContext): unknown {
  const bytes = dataOf(data, context);
  if (!(type instanceof PickledType) || type.type.code === 'O') throw new PickleError('a numpy scalar has no type');
  if (!(bytes instanceof Uint8Array) || bytes.length !== type.type.bytes)
    throw new PickleError('a numpy scalar has not the bytes it should have');
  return type.type.read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
}

const dtype = ([descriptor]: readonly unknown[]): PickledType => {
  if (typeof descriptor !== 'string') throw new PickleError('a numpy type is described in an unknown way');
  return new PickledType(descriptor);
};

/** How protocol 5 makes an array: (data, type, shape, 'C' or 'F'). */
const fromBuffer = ([data, type, shape, order]: readonly unknown[], context: PickleContext): PickledArray =>
  new PickledArray().fill(shape, type, order === 'F', dataOf(data, context));

/** The module as numpy 1 and as numpy 2 calls it. */
const core = (name: string, call: PickleGlobal['call']): PickleGlobal[] =>
  ['numpy.core', 'numpy._core'].map((module) => new PickleGlobal(`${module}.${name}`, call));

/** What numpy's arrays, scalars and types are pickled with, beside Python's own. Arrays come out as PickledArray. */
export const numpyGlobals: PickleGlobals = new Map([
  ...pythonGlobals,
  ...globalsOf(
    new PickleGlobal('numpy.ndarray'),
    new PickleGlobal('numpy.dtype', dtype),
    ...core('multiarray._reconstruct', () => new PickledArray()),
    ...core('multiarray.scalar', scalar),
    ...core('numeric._frombuffer', fromBuffer),
  ),
]);
