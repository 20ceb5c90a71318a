import { PickleError } from './values.js';

/** Most digits or bytes of a whole number; turning a longer one into a number takes long, and no data holds one. */
const MAX_INTEGER = 1024;

/** A number where it is exact as one. */
const plain = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;

/** A whole number in decimal digits, `-12`, or with the suffix of a Python long, `12L`. */
export function integerOf(text: string): number | bigint {
  if (text.length > MAX_INTEGER || !/^[+-]?\d+L?$/.test(text)) throw new PickleError('a whole number is malformed');
  return plain(BigInt(text.replace(/^\+|L$/g, '')));
}

/** A whole number in two's complement, little endian; no bytes are 0. */
export function longOf(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER) throw new PickleError(`a whole number of ${bytes.length} bytes`);
  if (bytes.length === 0) return 0;
  const unsigned = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  return plain(BigInt.asIntN(bytes.length * 8, unsigned));
}

const SPECIAL = new Map([['inf', Infinity], ['-inf', -Infinity], ['nan', NaN], ['-nan', NaN]]); // prettier-ignore

/** A decimal number as Python's repr writes it. */
export function floatOf(text: string): number {
  const special = SPECIAL.get(text);
  if (special !== undefined) return special;
  if (text.length > MAX_INTEGER || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw new PickleError('a number is malformed');
  return Number(text);
}

const ESCAPES: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\n': '' };

/** A Python 2 string literal with its quotes. Bytes are taken for Latin-1, which loses none. */
export function stringLiteralOf(line: string): string {
  const body = /^(['"])(.*)\1$/s.exec(line.trim())?.[2];
  if (body === undefined) throw new PickleError('a text has no quotes');
  return body.replace(/\\(x[0-9a-f]{2}|[0-7]{1,3}|.)/gis, (_, escape: string) => {
    if (/^x./i.test(escape)) return String.fromCharCode(parseInt(escape.slice(1), 16));
    if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8) & 0xff);
    return ESCAPES[escape] ?? escape;
  });
}

/** Text in Python's raw-unicode-escape: Latin-1, and `\u` or `\U` for everything else. */
export function rawUnicodeOf(line: string): string {
  return line.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) => {
    const code = parseInt(short ?? long!, 16);
    if (code > 0x10ffff) throw new PickleError('a text has a character that Unicode does not know');
    return String.fromCodePoint(code);
  });
}
