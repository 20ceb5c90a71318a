import { StudioError } from '../../../shared/errors.js';

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
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = (why: string): StudioError =>
    new StudioError({ code: 'file-damaged', message: `not a usable .npy file: ${why}`, file });
  if (buffer.length < PREFIX || buffer.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged('wrong signature');
  const wide = buffer[6] > 1;
  const start = wide ? PREFIX + 2 : PREFIX;
  if (buffer.length < start) throw damaged('cut off');
  const end = start + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  const header = buffer.toString('latin1', start, end);
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (shapeText === undefined || !/'descr':\s*'<f4'/.test(header) || !/'fortran_order':\s*False/.test(header)) {
    throw damaged('expected float32 numbers in row-major order');
  }
  const shape = shapeText
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const length = shape.reduce((product, size) => product * size, 1);
  if (buffer.length !== end + 4 * length) throw damaged(`${buffer.length - end} bytes for shape (${shape.join(', ')})`);
  // A copy, because a typed array may not start at an odd offset of the file.
  return { shape, data: new Float32Array(Uint8Array.from(buffer.subarray(end)).buffer) };
}
