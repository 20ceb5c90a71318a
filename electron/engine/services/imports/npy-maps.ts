import { readFile } from 'node:fs/promises';
import { StudioError } from '../../../../shared/errors.js';
import { elementsOf, onlyItem, PickledArray, readNpy, elements, type NumpyArray } from '../../data/numpy/index.js';
import { PickleError } from '../../data/pickle/index.js';
import { fileSize, readError } from '../../project/formats/text.js';
import { foreignFile } from './foreign-file.js';
import type { ForeignMap, MapSource } from './source.js';
import { numpyAndTorch, PickledTensor } from './torch-values.js';

/** Most bytes of a file: float maps of a photo of 20 megapixels with six classes. */
const MAX_BYTES = 2 ** 29;

/**
 * Names under which dictionaries keep a stack of maps [K,H,W] beside `keys`, in the order of preference: those of the
 * photo's size before those at a quarter of it.
 */
const STACKS = ['attn_highres', 'high_res', 'highres', 'hr_cam', 'cam', 'strided_cam'];

/**
 * Dictionaries of numpy, one a photo: class number from 0 to a map [H,W], as PSA writes them, or class numbers `keys`
 * with a stack of maps, as IRN and CLIP-ES do. Maps that go beyond 1 are divided by their maximum; below 0 counts as 0.
 */
export const npyMaps: MapSource = {
  means: '{id}.npy, a dictionary of class (from 0) to map, or of keys and maps: PSA, IRN, CLIP-ES',
  async read(folder, { id, classes }) {
    const file = foreignFile(folder, id, '.npy');
    const maps = mapsIn(await dictionaryOf(file), file);
    const stranger = maps.find(({ classIndex }) => !classes.includes(classIndex));
    if (stranger) {
      // Maps with the background in the place of class 0 would go unnoticed otherwise.
      const message = `it holds a map of class ${stranger.classIndex}, but the image has ${classes.join(', ')}`;
      throw new StudioError({ code: 'label-unknown', message, file, remedy: 'Classes are counted from 0, without background.' }); // prettier-ignore
    }
    const found = maps.map(({ classIndex }) => classIndex);
    const missing = classes.filter((index) => !found.includes(index)).map((classIndex) => ({ classIndex, file }));
    return { maps, missing };
  },
};

async function dictionaryOf(file: string): Promise<Map<unknown, unknown>> {
  try {
    if ((await fileSize(file)) > MAX_BYTES) throw damaged(file, `it is longer than ${MAX_BYTES} bytes`);
    const item = onlyItem(readNpy(await readFile(file), file, numpyAndTorch));
    if (item instanceof Map) return item;
  } catch (error) {
    throw error instanceof StudioError ? error : readError(file, error as NodeJS.ErrnoException);
  }
  throw damaged(file, 'it is no dictionary');
}

function mapsIn(dictionary: Map<unknown, unknown>, file: string): ForeignMap[] {
  const keys = dictionary.get('keys');
  if (keys === undefined) return [...dictionary].map(([key, map]) => ({ classIndex: classOf(key, file), map: mapOf(arrayOf(map, file), file) })); // prettier-ignore
  const classes = classesOf(keys, file);
  const name = STACKS.find((stack) => dictionary.get(stack) instanceof PickledArray);
  if (name === undefined) throw damaged(file, `it holds none of ${STACKS.join(', ')}`);
  const stack = arrayOf(dictionary.get(name), file);
  const [count, ...size] = stack.shape;
  if (size.length !== 2 || count !== classes.length) {
    throw damaged(file, `${name} is of shape (${stack.shape.join(', ')}) for ${classes.length} classes`);
  }
  const numbers = floatsOf(stack);
  const length = elementsOf(size);
  return classes.map((classIndex, i) => {
    const data = numbers.slice(i * length, (i + 1) * length);
    return { classIndex, map: scaled({ width: size[1], height: size[0], data }, file) };
  });
}

function mapOf(array: NumpyArray, file: string): ForeignMap['map'] {
  const [height, width, ...rest] = array.shape;
  if (rest.length > 0 || !(height > 0 && width > 0))
    throw damaged(file, `a map is of shape (${array.shape.join(', ')})`);
  return scaled({ width, height, data: floatsOf(array) }, file);
}

/** Maps are 0..1; those that go further are brought there. */
function scaled(map: { width: number; height: number; data: Float32Array }, file: string): ForeignMap['map'] {
  const most = map.data.reduce((max, value) => Math.max(max, value), 0);
  if (!Number.isFinite(most)) throw damaged(file, 'a map holds numbers that are none');
  return most > 1 ? { ...map, data: map.data.map((value) => value / most) } : map;
}

function arrayOf(value: unknown, file: string): NumpyArray {
  if (value instanceof PickledArray && value.array) return value.array;
  throw damaged(file, 'a map is no array of numpy');
}

/** Class numbers of an array of numpy, a tensor or a list. */
function classesOf(keys: unknown, file: string): number[] {
  try {
    const list = keys instanceof PickledArray && keys.array ? elements(keys.array) : keys instanceof PickledTensor ? keys.integers() : keys; // prettier-ignore
    if (Array.isArray(list)) return list.map((key) => classOf(key, file));
  } catch (error) {
    if (error instanceof PickleError) throw damaged(file, error.message);
    throw error;
  }
  throw damaged(file, 'its keys are no list');
}

function classOf(key: unknown, file: string): number {
  if (Number.isSafeInteger(key) && (key as number) >= 0) return key as number;
  throw damaged(file, `"${String(key).slice(0, 40)}" is no class number`);
}

/** float32, row-major. */
function floatsOf(array: NumpyArray): Float32Array {
  const { type, fortranOrder, data } = array;
  if (type.code === 'f4' && type.littleEndian && !fortranOrder) return new Float32Array(Uint8Array.from(data as Uint8Array).buffer); // prettier-ignore
  return Float32Array.from(elements(array), Number);
}

const damaged = (file: string, why: string): StudioError =>
  new StudioError({ code: 'file-damaged', message: `no usable file of maps: ${why}`, file });
