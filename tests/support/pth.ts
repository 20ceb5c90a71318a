import { zipSync, type Zippable } from 'fflate';
import { join, opcodes, pickled, Raw, type Picklable } from './pickle.js';

/** A tensor as `torch.save` pickles it: a view of stored numbers. */
export interface SavedTensor {
  /** Name of the storage; tensors may share one. */
  key: string;
  /** PyTorch's class of the storage without `Storage`: `Float`, `Half`, ... */
  type: string;
  /** Numbers in the storage. */
  count: number;
  shape: number[];
  strides: number[];
  offset?: number;
}

const tuple = (...items: Picklable[]): readonly Picklable[] => Object.freeze(items);
const global = (name: string): Raw => {
  const dot = name.lastIndexOf('.');
  return new Raw(join(`c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`));
};
/** A call of a global. */
export const called = (name: string, ...args: Picklable[]): Raw =>
  new Raw(join(global(name).bytes, opcodes(tuple(...args)), 'R'));

/** The opcodes of a tensor; `legacy` ids have a view at their end. */
export function savedTensor({ key, type, count, shape, strides, offset = 0 }: SavedTensor, legacy = false): Raw {
  const id = tuple('storage', global(`torch.${type}Storage`), key, 'cpu', count, ...(legacy ? [null] : []));
  const storage = new Raw(join(opcodes(id), 'Q'));
  const hooks = called('collections.OrderedDict');
  return called('torch._utils._rebuild_tensor_v2', storage, offset, tuple(...shape), tuple(...strides), false, hooks);
}

/** An OrderedDict of a module's weights, with the attribute that PyTorch gives it. */
export function stateDict(entries: Record<string, Picklable>): Raw {
  const items = Object.entries(entries).flatMap(([name, value]) => [opcodes(name), opcodes(value)]);
  const attributes = opcodes(new Map([['_metadata', new Map()]]));
  return new Raw(join('ccollections\nOrderedDict\n)R(', ...items, 'u', attributes, 'b'));
}

/** A file as PyTorch has written it since 1.6: a zip with nothing compressed. */
export function pthArchive(saved: Picklable, storages: Record<string, Uint8Array>, more: Zippable = {}): Uint8Array {
  const data = Object.entries(storages).map(([key, bytes]) => [`archive/data/${key}`, bytes]);
  const files = {
    'archive/data.pkl': pickled(saved),
    ...Object.fromEntries(data),
    'archive/version': Buffer.from('3\n'),
  };
  return zipSync({ ...files, ...more }, { level: 0 });
}

const MAGIC = 0x1950a86a20f9469cfc6cn;

/** A file as PyTorch wrote it before: pickles one after the other, then counts and numbers of the storages. */
export function pthLegacy(
  saved: Picklable,
  storages: Record<string, { count: number; bytes: Uint8Array }>,
): Uint8Array {
  const machine = new Map<string, Picklable>([['protocol_version', 1001], ['little_endian', true]]); // prettier-ignore
  const numbers = Object.values(storages).flatMap(({ count, bytes }) => [
    new Uint8Array(BigInt64Array.of(BigInt(count)).buffer),
    bytes,
  ]);
  const pickles = [MAGIC, 1001, machine, saved, Object.keys(storages)].map((value) => pickled(value));
  return join(...pickles, ...numbers);
}
