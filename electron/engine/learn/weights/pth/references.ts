import {
  globalsOf,
  isTuple,
  PickleError,
  PickleGlobal,
  pythonGlobals,
  type PickleGlobals,
  type PickleOptions,
} from '../../../data/pickle/index.js';

/** Numbers of a PyTorch file that tensors look into; they lie outside the pickle. */
export class Storage {
  constructor(
    readonly key: string,
    /** Number type by the safetensors format's names. */
    readonly type: string,
    readonly numbers: number,
    /** Where in the stored numbers it begins: a storage may be a view of another. */
    readonly start: number,
  ) {}
}

/** A tensor as the pickle describes it: row-major where `strides` say so. Checked to look only into its storage. */
export class TensorReference {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** PyTorch's classes of storages and their number types. */
const storageTypes: Readonly<Record<string, string>> = {
  'torch.FloatStorage': 'F32',
  'torch.DoubleStorage': 'F64',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

/** PyTorch's own bound; a pickle can give one long list to any number of tensors. */
const MAX_DIMENSIONS = 64;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areLengths = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length <= MAX_DIMENSIONS && value.every(isCount);

/** Numbers from the first to the last that a tensor looks at; 0 where it is empty. */
export function spanOf({ shape, strides }: Pick<TensorReference, 'shape' | 'strides'>): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((span, length, axis) => span + (length - 1) * strides[axis], 1);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, ...)`; what follows is about gradients. */
function rebuildTensor([storage, offset, shape, strides]: readonly unknown[]): TensorReference {
  const wellFormed = storage instanceof Storage && isCount(offset) && areLengths(shape) && areLengths(strides);
  if (!wellFormed || shape.length !== strides.length) throw new PickleError('a tensor is described in an unknown way');
  const tensor = new TensorReference(storage, offset, shape, strides);
  if (!(offset + spanOf(tensor) <= storage.numbers)) throw new PickleError('a tensor looks beyond its storage');
  return tensor;
}

function rebuildParameter([tensor]: readonly unknown[]): unknown {
  if (tensor instanceof TensorReference) return tensor;
  throw new PickleError('a parameter is no tensor');
}

const globals: PickleGlobals = new Map([
  ...pythonGlobals,
  ...globalsOf(
    ...Object.keys(storageTypes).map((name) => new PickleGlobal(name)),
    new PickleGlobal('torch._utils._rebuild_tensor', rebuildTensor),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor),
    new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter),
    new PickleGlobal('torch.Size', ([sizes = []]) => sizes),
  ),
]);

/** `('storage', class, key, device, count, view)`; the view, of old files only, is null or `(key, start, count)`. */
function storageOf(id: unknown): Storage {
  const [kind, type, key, , count, view] = isTuple(id) ? id : [];
  const known = type instanceof PickleGlobal && Object.hasOwn(storageTypes, type.name);
  if (kind !== 'storage' || !known || typeof key !== 'string' || !isCount(count))
    throw new PickleError('a storage is described in an unknown way');
  const typeName = storageTypes[type.name];
  if (view === undefined || view === null) return new Storage(key, typeName, count, 0);
  const [, start, part] = isTuple(view) ? view : [];
  if (!isCount(start) || !isCount(part) || start + part > count)
    throw new PickleError('a view of a storage looks beyond it');
  return new Storage(key, typeName, part, start);
}

/** What PyTorch's pickles may name beside plain values, all of it as data. */
export const torchPickle: PickleOptions = { globals, persistent: storageOf };
