// @ts-check
/**
 * Reads the numeric datasets of an HDF5 file in a thread of its own: the library is C in WebAssembly, which a damaged
 * file may keep busy for ever or end, and whose memory is given back only with its thread. Its file system is in memory,
 * so links of a file to other files lead nowhere. Plain JavaScript, so that it runs where nothing is bundled.
 *
 * Takes the file's bytes and `maxNumbers` as workerData; posts { tensors: [path, shape, type, bytes][] } or { why }.
 */
import { parentPort, workerData } from 'node:worker_threads';
import h5wasm from 'h5wasm';

/** Deeper than any model nests its layers; groups may contain themselves. */
const MAX_DEPTH = 16;
const MAX_OBJECTS = 100_000;
const FILE = '/weights.h5';

/** H5T_class_t of integers and floats. */
const INTEGER = 0;
const FLOAT = 1;

/** What is wrong with the file, in words of ours. */
class Damage extends Error {}

const module = await h5wasm.ready;

/**
 * The number type by the safetensors format's names, or null where the dataset holds something else.
 *
 * @param {import('h5wasm').Dataset['metadata']} metadata
 */
function typeOf({ type, size, signed }) {
  if (type === FLOAT && [2, 4, 8].includes(size)) return `F${8 * size}`;
  if (type === INTEGER && [1, 2, 4, 8].includes(size)) return `${signed ? 'I' : 'U'}${8 * size}`;
  return null;
}

/**
 * Values as little-endian bytes. The library's own getter passes over a failed read.
 *
 * @param {import('h5wasm').Dataset} dataset
 * @param {number} length
 */
function bytesOf(dataset, length) {
  if (length === 0) return new Uint8Array(0);
  const pointer = module._malloc(length);
  if (pointer === 0) throw new Damage(`no memory for ${dataset.path}`);
  try {
    const status = module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(pointer));
    if (status < 0) throw new Damage(`${dataset.path} cannot be read`);
    return module.HEAPU8.slice(pointer, pointer + length);
  } finally {
    module._free(pointer);
  }
}

/**
 * @param {{ bytes: Uint8Array, maxNumbers: number }} request
 * @returns {[path: string, shape: number[], type: string, bytes: Uint8Array<ArrayBuffer>][]}
 */
function readTensors({ bytes, maxNumbers }) {
  module.FS.writeFile(FILE, bytes);
  const file = new h5wasm.File(FILE, 'r');
  if (file.file_id < 0n) throw new Damage('it is no HDF5 file, or cut short');
  /** @type {ReturnType<typeof readTensors>} */
  const tensors = [];
  let [objects, numbers] = [0, 0];
  const visit = (/** @type {import('h5wasm').Group} */ group, /** @type {number} */ depth) => {
    if (depth > MAX_DEPTH) throw new Damage('its groups are nested too deep');
    for (const name of group.keys()) {
      if (++objects > MAX_OBJECTS) throw new Damage('it holds too many objects');
      const object = group.get(name);
      if (object instanceof h5wasm.Group) visit(object, depth + 1);
      if (!(object instanceof h5wasm.Dataset)) continue;
      const { metadata } = object;
      const type = typeOf(metadata);
      if (!type || !metadata.shape) continue;
      numbers += metadata.total_size;
      if (!(numbers <= maxNumbers)) throw new Damage('it unfolds to more numbers than a file of its size can hold');
      tensors.push([
        object.path,
        metadata.shape.map(Number),
        type,
        bytesOf(object, metadata.size * metadata.total_size),
      ]);
    }
  };
  visit(file, 0);
  return tensors;
}

try {
  const tensors = readTensors(workerData);
  parentPort?.postMessage(
    { tensors },
    tensors.map(([, , , bytes]) => bytes.buffer),
  );
} catch (error) {
  parentPort?.postMessage({ why: error instanceof Damage ? error.message : 'a part of it cannot be opened' });
}
