/** A type of numpy's elements. */
export interface NumpyType {
  /** As numpy names it, without the byte order: `f4`, `O`, `U11`. */
  code: string;
  littleEndian: boolean;
  /** Bytes of one element; 0 for objects, which are no bytes. */
  bytes: number;
  /** The element at a byte offset. */
  read(view: DataView, offset: number): number | bigint | string | boolean;
}

type Read = (view: DataView, offset: number, littleEndian: boolean) => number | bigint | boolean;

const plain = (value: bigint): number | bigint =>
  BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** IEEE 754 half precision: 1 sign, 5 exponent (bias 15) and 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Numbers by code; a code ends with the bytes of an element. */
const numbers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['b1', (view, at) => view.getUint8(at) !== 0],
  ['i1', (view, at) => view.getInt8(at)],
  ['i2', (view, at, little) => view.getInt16(at, little)],
  ['i4', (view, at, little) => view.getInt32(at, little)],
  ['i8', (view, at, little) => plain(view.getBigInt64(at, little))],
  ['u1', (view, at) => view.getUint8(at)],
  ['u2', (view, at, little) => view.getUint16(at, little)],
  ['u4', (view, at, little) => view.getUint32(at, little)],
  ['u8', (view, at, little) => plain(view.getBigUint64(at, little))],
  ['f2', (view, at, little) => halfToNumber(view.getUint16(at, little))],
  ['f4', (view, at, little) => view.getFloat32(at, little)],
  ['f8', (view, at, little) => view.getFloat64(at, little)],
]);

/** Characters of the longest text an array may hold; ids and names are far shorter. */
const MAX_CHARACTERS = 65536;
/** Bytes of a character of numpy's Unicode strings, which are UTF-32. */
const CHARACTER = 4;

function textAt(view: DataView, offset: number, characters: number, littleEndian: boolean): string {
  let text = '';
  for (let i = 0; i < characters; i++) {
    const code = view.getUint32(offset + i * CHARACTER, littleEndian);
    // The replacement character for what Unicode does not know, as text decoders have it.
    text += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
  }
  return text.replace(/\0+$/, '');
}

const latin1At = (view: DataView, offset: number, length: number): string =>
  Buffer.from(view.buffer, view.byteOffset + offset, length)
    .toString('latin1')
    .replace(/\0+$/, '');

/** The type of a descriptor such as `<f4`, `|O`, `<U11` or `f4`, or null for a type that is not read here. */
export function numpyType(descriptor: string): NumpyType | null {
  const [, order, kind, digits] = /^([<>|=]?)([a-zA-Z])(\d{0,6})$/.exec(descriptor) ?? [];
  if (kind === undefined) return null;
  const littleEndian = order !== '>';
  const code = kind + digits;
  if (kind === 'O') return { code: 'O', littleEndian, bytes: 0, read: () => 0 };
  const size = Number(digits);
  if (kind === 'U' || kind === 'S') {
    // Elements without bytes could be any number of them.
    if (size === 0 || size > MAX_CHARACTERS) return null;
    return kind === 'U'
      ? { code, littleEndian, bytes: size * CHARACTER, read: (view, at) => textAt(view, at, size, littleEndian) }
      : { code, littleEndian, bytes: size, read: (view, at) => latin1At(view, at, size) };
  }
  const read = numbers.get(code);
  return read ? { code, littleEndian, bytes: size, read: (view, at) => read(view, at, littleEndian) } : null;
}
