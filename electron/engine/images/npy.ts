import { StudioError } from '../../../shared/errors.js';
import { readNpy } from '../data/numpy/index.js';

/** float32, row-major. */
export interface NpyArray {
  shape: number[];
  data: Float32Array;
}

const MAGIC = '\u0093NUMPY';
/** The array itself starts at a multiple of this, so that numpy can map it into memory. */
const ALIGNMENT = 64;
/** Magic, version, and the length of the header (format version 1.0). */
const PREFIX = 10;

/** float32 numbers as a NumPy file (.npy, format version 1.0, little endian, row-major). */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padding = ALIGNMENT - ((PREFIX + text.length + 1) % ALIGNMENT);
  const header = Buffer.from(`${MAGIC}\u0001\u0000\u0000\u0000${text}${' '.repeat(padding % ALIGNMENT)}\n`, 'latin1');
  header.writeUInt16LE(header.length - PREFIX, 8);
  return Buffer.concat([header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}

/** Reads a NumPy file of float32, row-major. `file` names it in the error. Throws `file-damaged`. */
export function decodeNpy(bytes: Uint8Array, file?: string): NpyArray {
  const { shape, type, fortranOrder, data } = readNpy(bytes, file);
  if (type.code === 'f4' && type.littleEndian && !fortranOrder && data instanceof Uint8Array) {
    // A copy, because a typed array may not start at an odd offset of the file.
    return { shape: [...shape], data: new Float32Array(Uint8Array.from(data).buffer) };
  }
  const message = 'not a usable .npy file: expected float32 numbers in row-major order';
  throw new StudioError({ code: 'file-damaged', message, file });
}
