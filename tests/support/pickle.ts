/** A value that the writer knows: text, numbers, bytes, lists, tuples (frozen arrays), dictionaries, sets. */
export type Picklable =
  null | boolean | number | bigint | string | Uint8Array | readonly Picklable[] | Map<any, any> | Set<any> | Raw;

/** Opcodes to put in as they are, for what only a hostile or numpy's pickle holds. */
export class Raw {
  constructor(readonly bytes: Uint8Array) {}
}

/** Bytes of strings (as Latin-1), numbers (a byte each) and byte arrays, one after the other. */
export const join = (...parts: (string | number | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : typeof part === 'number' ? Buffer.of(part) : part))); // prettier-ignore

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

/** The whole number as Python writes it: in the fewest bytes of two's complement. */
function long(value: bigint): Buffer {
  let bytes = 1;
  while (BigInt.asIntN(bytes * 8, value) !== value) bytes += 1;
  const hex = BigInt.asUintN(bytes * 8, value).toString(16).padStart(bytes * 2, '0'); // prettier-ignore
  return Buffer.from(hex, 'hex').reverse();
}

/** A pickle of the value, in the opcodes that Python uses for the protocol (without memo). */
export function pickled(value: Picklable, protocol = 2): Buffer {
  return join(...(protocol >= 2 ? [0x80, protocol] : []), opcodes(value, protocol), '.');
}

/** The opcodes that leave the value on the stack. */
export function opcodes(value: Picklable, protocol = 2): Buffer {
  const write = (one: Picklable): Buffer => opcodes(one, protocol);
  const text = protocol === 0;
  if (value instanceof Raw) return Buffer.from(value.bytes);
  if (value === null) return join('N');
  if (typeof value === 'boolean') return protocol < 2 ? join(`I0${Number(value)}\n`) : join(value ? 0x88 : 0x89);
  if (typeof value === 'bigint') return protocol < 2 ? join(`L${value}L\n`) : join(0x8a, long(value).length, long(value)); // prettier-ignore
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Object.is(value, -0)) {
      if (value === (value | 0)) return text ? join(`I${value}\n`) : join('J', u32(value));
      if (Number.isSafeInteger(value)) return write(BigInt(value));
    }
    return text ? join(`F${String(value).replace('Infinity', 'inf').replace('NaN', 'nan')}\n`) : join('G', f64(value));
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    if (text) return join(`V${value.replace(/[\\\n]|[^\0-\x7f]/gu, (one) => `\\U${one.codePointAt(0)!.toString(16).padStart(8, '0')}`)}\n`); // prettier-ignore
    return protocol >= 4 && bytes.length < 256 ? join(0x8c, bytes.length, bytes) : join('X', u32(bytes.length), bytes);
  }
  if (value instanceof Uint8Array) {
    if (protocol >= 3) return join('B', u32(value.length), value);
    if (value.length === 0) return join('c__builtin__\nbytes\n', protocol ? ')' : '(t', 'R');
    return join('c_codecs\nencode\n(', write(Buffer.from(value).toString('latin1')), write('latin1'), 'tR');
  }
  if (value instanceof Map) {
    const items = join(...[...value].flat().map(write));
    return text ? join('(', items, 'd') : join('}(', items, 'u');
  }
  if (value instanceof Set) {
    const items = [...value].map(write);
    return protocol >= 4 ? join(0x8f, '(', ...items, 0x90) : join('c__builtin__\nset\n((', ...items, 'ltR');
  }
  const items = value.map(write);
  if (!Object.isFrozen(value)) return text ? join('(', ...items, 'l') : join('](', ...items, 'e');
  if (protocol < 2 || value.length > 3) return join('(', ...items, 't');
  return join(...items, [0x29, 0x85, 0x86, 0x87][value.length]);
}
