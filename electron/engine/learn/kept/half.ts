/** Numbers as float16 relative to the largest of them. */
export interface Halves {
  /** Power of two that the numbers were multiplied by, so that the largest of them is in 2^14..2^15. */
  scale: number;
  /** 1 sign, 5 exponent (bias 15) and 10 fraction bits; subnormal numbers are zero. */
  bits: Uint16Array;
}

/** Numbers from here on could round to what is none. */
const BEYOND = 2 ** 127;
/** Exponent of the largest number as it is stored: the next one up would be float16's last. */
const LARGEST_EXPONENT = 14;
/** The smallest normal float16, 2^-14, as the bits of a float32. */
const SMALLEST_NORMAL = 0x38800000;
/** What the exponents of float32 and float16 differ by (127 - 15), in the place of a float32's exponent. */
const BIAS = 0x38000000;

/**
 * Rounds numbers to float16, the nearest one and to even between two: each is off by at most 2^-11 of itself or, where it is
 * tiny beside the largest, by 2^-28 of that.
 *
 * @returns null where a number is not finite, or is 2^127 or more
 */
export function toHalves(values: Float32Array): Halves | null {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (!(size < BEYOND)) return null;
    if (size > largest) largest = size;
  }
  const scale = largest === 0 ? 1 : 2 ** (LARGEST_EXPONENT - Math.floor(Math.log2(largest)));
  const scaled = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) scaled[i] = values[i] * scale;
  const words = new Uint32Array(scaled.buffer);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < words.length; i++) {
    const size = words[i] & 0x7fffffff;
    if (size < SMALLEST_NORMAL) continue;
    const rounded = (size - BIAS + 0xfff + ((size >>> 13) & 1)) >>> 13;
    bits[i] = ((words[i] >>> 16) & 0x8000) | rounded;
  }
  return { scale, bits };
}

/** The numbers that `toHalves` rounded to. */
export function fromHalves({ scale, bits }: Halves): Float32Array {
  const values = new Float32Array(bits.length);
  const words = new Uint32Array(values.buffer);
  const factor = 1 / scale;
  for (let i = 0; i < bits.length; i++) {
    const size = bits[i] & 0x7fff;
    if (size === 0) continue;
    words[i] = ((bits[i] & 0x8000) << 16) | ((size << 13) + BIAS);
    values[i] *= factor;
  }
  return values;
}
