import fc from 'fast-check';

/** What one step does to bytes; places and lengths are shares of 2^16, so that a step fits input of any size. */
type Step = (bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;

const SHARE = 2 ** 16;
/** Bytes of the longest input: repeats of repeats would otherwise only test patience. */
const LONGEST = 2 ** 17;

const share = fc.nat(SHARE);
const placeIn = (length: number, part: number): number => Math.floor((part / (SHARE + 1)) * (length + 1));
const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** The bytes of a stretch of at most a quarter of the input, mostly a short one. */
function stretch(bytes: Uint8Array, at: number, long: number): Uint8Array {
  const start = placeIn(bytes.length, at);
  return bytes.subarray(start, start + 1 + Math.floor((long / SHARE) ** 4 * (bytes.length / 4)));
}

const truncation = share.map(
  (at): Step =>
    (bytes) =>
      bytes.slice(0, placeIn(bytes.length, at)),
);

const bitFlip = fc.tuple(share, fc.nat(7)).map(([at, bit]): Step => (bytes) => {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[placeIn(copy.length - 1, at)] ^= 1 << bit;
  return copy;
});

/** A stretch of this or another input, put in or laid over what is there. */
const splice = fc
  .tuple(share, share, share, fc.nat(100), fc.boolean())
  .map(([at, from, long, which, over]): Step => (bytes, others) => {
    const piece = stretch(others[which % others.length], from, long);
    const place = placeIn(bytes.length, at);
    return joined(bytes.subarray(0, place), piece, bytes.subarray(place + (over ? piece.length : 0)));
  });

const cut = fc.tuple(share, share).map(([at, long]): Step => (bytes) => {
  const place = placeIn(bytes.length, at);
  return joined(bytes.subarray(0, place), bytes.subarray(place + stretch(bytes, at, long).length));
});

const repeat = fc.tuple(share, share, fc.integer({ min: 2, max: 2000 })).map(([at, long, times]): Step => (bytes) => {
  const piece = stretch(bytes, at, long);
  const most = Math.max(1, Math.floor(LONGEST / 2 / Math.max(1, piece.length)));
  const place = placeIn(bytes.length, at);
  return joined(bytes.subarray(0, place), Buffer.alloc(piece.length * Math.min(times, most), piece), bytes.subarray(place)); // prettier-ignore
});

/** Ends of the ranges of whole numbers, and what overflows when it is multiplied. */
const extremes = [0n, 1n, 2n ** 7n, 2n ** 15n, 2n ** 16n - 1n, 2n ** 30n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, -1n]; // prettier-ignore

/** An extreme number of 1 to 8 bytes of either order, laid over or put in. */
const extreme = fc
  .tuple(share, fc.constantFrom(...extremes), fc.constantFrom(1, 2, 4, 8), fc.boolean(), fc.boolean())
  .map(([at, value, width, little, over]): Step => (bytes) => {
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(BigInt.asUintN(64, value));
    const piece = little ? number.subarray(0, width) : Buffer.from(number.subarray(0, width)).reverse();
    const place = placeIn(bytes.length, at);
    return joined(bytes.subarray(0, place), piece, bytes.subarray(place + (over ? width : 0)));
  });

/** Words that mean something to one parser of text or another. */
const words = ['-1', '0', '1e999', '-1e999', 'NaN', 'Infinity', '-0', '4294967296', '9007199254740993', '9'.repeat(400), '1'.repeat(17), '../', '/etc/passwd', 'C:\\', '\0', '\n', '\r', '\t', ' ', '"', "'", ',', ';', '|', '{', '}', '[', ']', ':', '<', '>', '&a;', '<!DOCTYPE a [<!ENTITY a "aa">]>', '<![CDATA[', '<!--', '__proto__', 'constructor', 'toString', 'null', 'true', '{}', '[]', '""', '&a [*a,*a]', '*a', '!!js/function', '? ', '- ', '%', '\\u0000', '\\ud800', '\u0301', '\ufeff', '\u202e', '\uffff']; // prettier-ignore
const deep = ['[', '{"a":', '<a>', '(', '- ', '&a [', '{', "'"].map((sign) => sign.repeat(20_000));

const wordStep = fc
  .tuple(share, fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...deep)), fc.boolean())
  .map(([at, word, over]): Step => (bytes) => {
    const place = placeIn(bytes.length, at);
    return joined(bytes.subarray(0, place), Buffer.from(word), bytes.subarray(place + (over ? word.length : 0)));
  });

const step = fc.oneof(
  truncation,
  { weight: 4, arbitrary: bitFlip },
  { weight: 3, arbitrary: splice },
  { weight: 2, arbitrary: cut },
  repeat,
  { weight: 4, arbitrary: extreme },
  { weight: 3, arbitrary: wordStep },
);

/**
 * Broken copies of valid inputs: cut short, with bits flipped, pieces of themselves and each other put in, repeated or
 * left out, and extreme numbers and words in wrong places; one to five such steps, of at most 128 KiB.
 */
export const broken = (valid: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.nat(valid.length - 1), fc.array(step, { minLength: 1, maxLength: 5 }))
    .map(([which, steps]) => steps.reduce((bytes, one) => one(bytes, valid).subarray(0, LONGEST), valid[which]));
