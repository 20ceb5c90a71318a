import { isList, readPickle, type PickleOptions } from '../../../data/pickle/index.js';
import type { OpenFile } from '../files.js';
import { numberTypes } from '../numberTypes.js';
import { torchPickle, type Storage } from './references.js';
import { MAX_PICKLE_BYTES, type SavedObject } from './saved.js';

/** The first two pickles of such a file. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
/** Each storage begins with the count of its numbers, a little-endian int64. */
const COUNT_BYTES = 8;

/** Positions of the storages in `keys`, which follow one another from `start` on. */
async function storagesFrom(
  start: number,
  keys: readonly unknown[],
  types: ReadonlyMap<string, string>,
  { read, refuse, size }: OpenFile,
): Promise<Map<string, { position: number; numbers: number }>> {
  const places = new Map<string, { position: number; numbers: number }>();
  let position = start;
  for (const key of keys) {
    const type = types.get(key as string);
    if (!type || places.has(key as string)) throw refuse(`its storage ${String(key)} is unknown or comes twice`);
    const head = await read(position, COUNT_BYTES);
    const numbers = Number(new DataView(head.buffer).getBigInt64(0, true));
    position += COUNT_BYTES;
    const length = numbers * numberTypes[type].bytes;
    if (!(length >= 0 && position + length <= size)) throw refuse(`it ends within its storage ${String(key)}`);
    places.set(key as string, { position, numbers });
    position += length;
  }
  return places;
}

/**
 * Opens a file of `torch.save` before PyTorch 1.6: a magic number, a version, facts about the machine, the object and the
 * list of its storages, a pickle each, then the storages.
 */
export async function openLegacy(file: OpenFile): Promise<SavedObject> {
  const { path, size, read, refuse } = file;
  const head = await read(0, Math.min(size, MAX_PICKLE_BYTES));
  let at = 0;
  const next = (options: PickleOptions): unknown => {
    const { value, length } = readPickle(head.subarray(at), { ...options, file: path });
    at += length;
    return value;
  };
  const types = new Map<string, string>();
  const plain: PickleOptions = { globals: new Map() };
  if (next(plain) !== MAGIC || next(plain) !== PROTOCOL) throw refuse('it does not begin as PyTorch files do');
  const machine = next(plain);
  if (!(machine instanceof Map) || machine.get('little_endian') !== true) throw refuse('its numbers are big-endian');
  const value = next({
    ...torchPickle,
    persistent(id) {
      const storage = torchPickle.persistent!(id) as Storage;
      if ((types.get(storage.key) ?? storage.type) !== storage.type) throw refuse('a storage has two number types');
      types.set(storage.key, storage.type);
      return storage;
    },
  });
  const keys = next(plain);
  if (!isList(keys)) throw refuse('it has no list of storages');
  const places = await storagesFrom(at, keys, types, file);
  return {
    value,
    locate({ key, type, start, numbers }) {
      const place = places.get(key);
      if (!place || start + numbers > place.numbers) throw refuse(`its storage ${key} is shorter than it should be`);
      return Promise.resolve(place.position + start * numberTypes[type].bytes);
    },
  };
}
