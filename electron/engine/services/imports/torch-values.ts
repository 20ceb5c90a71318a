import { numpyGlobals } from '../../data/numpy/index.js';
import {
  globalsOf,
  isTuple,
  PickleError,
  PickleGlobal,
  readPickle,
  type PickleGlobals,
} from '../../data/pickle/index.js';

/**
 * A whole tensor of PyTorch that was pickled with numpy's dictionary instead of being saved, as IRN does with its class
 * numbers: numbers of the one type that class numbers have are read, all others stay closed.
 */
export class PickledTensor {
  constructor(
    private readonly storage: Uint8Array,
    private readonly offset: number,
    private readonly shape: readonly number[],
    private readonly strides: readonly number[],
  ) {}

  /** The numbers of a tensor int64 [n]. Throws PickleError where it is none. */
  integers(): number[] {
    const { type, numbers } = openStorage(this.storage);
    const [length, ...rest] = this.shape;
    const [stride] = this.strides;
    if (type !== 'torch.LongStorage' || rest.length > 0) throw new PickleError('class numbers are no list of int64');
    const last = this.offset + Math.max(0, length - 1) * stride;
    if (!(length * INT64 <= numbers.length && (last + 1) * INT64 <= numbers.length)) {
      throw new PickleError('a tensor looks beyond its storage');
    }
    const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    return Array.from({ length }, (_, i) => Number(view.getBigInt64(INT64 * (this.offset + i * stride), true)));
  }
}

/** Bytes of an int64: a class number, and the count before the numbers. */
const INT64 = 8;

/** The first two pickles of a storage's bytes. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const storageTypes = ['Float', 'Double', 'Half', 'BFloat16', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'];

/** A storage as `torch.save` of before 1.6 wrote it: five pickles, a count, and the numbers. */
function openStorage(bytes: Uint8Array): { type: string; numbers: Uint8Array } {
  const globals = globalsOf(...storageTypes.map((name) => new PickleGlobal(`torch.${name}Storage`)));
  let type = '';
  const persistent = (id: unknown): null => {
    const [kind, storage] = isTuple(id) ? id : [];
    if (kind !== 'storage' || !(storage instanceof PickleGlobal)) throw new PickleError('a storage is described in an unknown way'); // prettier-ignore
    type = storage.name;
    return null;
  };
  let at = 0;
  const next = (): unknown => {
    const { value, length } = readPickle(bytes.subarray(at), { globals, persistent });
    at += length;
    return value;
  };
  const [magic, protocol, machine] = [next(), next(), next()];
  const little = machine instanceof Map && machine.get('little_endian') === true;
  if (magic !== MAGIC || protocol !== PROTOCOL || !little) throw new PickleError('a storage does not begin as PyTorch writes it'); // prettier-ignore
  next();
  next();
  return { type, numbers: bytes.subarray(at + INT64) };
}

function rebuild([storage, offset, shape, strides]: readonly unknown[]): PickledTensor {
  const isCounts = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
  if (!(storage instanceof Uint8Array) || !isCounts([offset]) || !isCounts(shape) || !isCounts(strides)) {
    throw new PickleError('a tensor is described in an unknown way');
  }
  return new PickledTensor(storage, offset as number, shape, strides);
}

/** numpy's own globals, and what a tensor beside its arrays is pickled with. Tensors come out as PickledTensor. */
export const numpyAndTorch: PickleGlobals = new Map([
  ...numpyGlobals,
  ...globalsOf(
    new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuild),
    new PickleGlobal('torch.storage._load_from_bytes', ([bytes]) => bytes),
  ),
]);
