import { StudioError } from '../../../../shared/errors.js';
import { readPickle, type PickleGlobals } from '../pickle/index.js';
import { elementsOf, numpyArray, type NumpyArray } from './array.js';
import { parseLiteral } from './literal.js';
import { numpyGlobals, PickledArray } from './pickled.js';
import { numpyType } from './type.js';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** Magic and version. */
const PREFIX = MAGIC.length + 2;
/** Bytes of the longest header; numpy's own are a hundred, and structured types, which are not read, some thousands. */
const MAX_HEADER = 65536;

/**
 * Reads a .npy file of numpy (format versions 1 to 3). An array of Python objects is a pickle, which is read as data:
 * numpy arrays in it come out as PickledArray, everything else as `readPickle` says.
 * `globals` may allow more than numpy's own classes. @throws StudioError file-damaged
 */
export function readNpy(bytes: Uint8Array, file?: string, globals: PickleGlobals = numpyGlobals): NumpyArray {
  const { descriptor, fortranOrder, shape, start } = readHeader(bytes, file);
  const type = numpyType(descriptor);
  if (!type) throw damaged(`its type ${descriptor.slice(0, 40)} is not read`, file);
  const rest = bytes.subarray(start);
  try {
    if (type.code !== 'O') return numpyArray(shape, type, fortranOrder, rest);
    const { value } = readPickle(rest, { globals, file });
    const items = value instanceof PickledArray ? value.array?.data : null;
    return numpyArray(shape, type, fortranOrder, items);
  } catch (error) {
    if (error instanceof RangeError) throw damaged(error.message, file);
    throw error;
  }
}

/** The only item of an array of one, such as the dictionary that `numpy.save` was given; null of another shape. */
export const onlyItem = ({ shape, data }: NumpyArray): unknown => (elementsOf(shape) === 1 ? data[0] : null);

interface Header {
  descriptor: string;
  fortranOrder: boolean;
  shape: unknown;
  /** Where the data begins. */
  start: number;
}

function readHeader(bytes: Uint8Array, file?: string): Header {
  if (bytes.length < PREFIX || MAGIC.some((byte, i) => bytes[i] !== byte)) throw damaged('wrong signature', file);
  const version = bytes[MAGIC.length];
  if (version < 1 || version > 3) throw damaged(`version ${version} is not known`, file);
  const lengthBytes = version === 1 ? 2 : 4;
  const textStart = PREFIX + lengthBytes;
  if (bytes.length < textStart) throw damaged('it ends within its header', file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(PREFIX, true) : view.getUint32(PREFIX, true);
  const start = textStart + length;
  if (length > MAX_HEADER) throw damaged(`a header of ${length} bytes`, file);
  if (bytes.length < start) throw damaged('it ends within its header', file);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textStart, start));
  return { ...fieldsOf(text, file), start };
}

function fieldsOf(text: string, file?: string): Omit<Header, 'start'> {
  let header: unknown;
  try {
    header = parseLiteral(text);
  } catch (error) {
    throw damaged(`its header is ${(error as Error).message}`, file);
  }
  const get = (name: string): unknown => (header instanceof Map ? header.get(name) : undefined);
  const [descriptor, fortranOrder, shape] = [get('descr'), get('fortran_order'), get('shape')];
  if (Array.isArray(descriptor)) throw damaged('it is of a structured type', file);
  if (typeof descriptor !== 'string' || typeof fortranOrder !== 'boolean')
    throw damaged('its header says too little', file);
  return { descriptor, fortranOrder, shape };
}

const damaged = (why: string, file?: string): StudioError =>
  new StudioError({
    code: 'file-damaged',
    message: `not a usable .npy file: ${why}`,
    file,
    remedy: 'Save it again with numpy.save, as an array of plain numbers or a dictionary.',
  });
