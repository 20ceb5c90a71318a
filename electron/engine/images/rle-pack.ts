/** Bits that the length of a run may take, less one; the shortest that fits is used. */
const SIZES = [3, 4, 8, 16] as const;
const WORD = 8;
const LONGEST = 2 ** SIZES[3];

/** Writes numbers of a few bits one after the other, the highest bit first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #free = 0;

  write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      if (this.#free === 0) {
        this.#bytes.push(0);
        this.#free = 8;
      }
      this.#free--;
      this.#bytes[this.#bytes.length - 1] |= ((value >>> bit) & 1) << this.#free;
    }
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/**
 * Packs runs of bytes as the package @thi.ng/rle-pack does, which Label Studio's brush labels are in: the number of bytes
 * (32 bits), bits of a word less one (5), the four bits of lengths less one (4 each); then for each run a 1, which of
 * the four (2), its length less one, and the byte. `counts` are lengths by turns of 0 and of `inside`, 0 first, each of
 * them `repeat` times as long (4 for the channels of RGBA).
 */
export function packRuns(counts: readonly number[], { inside = 255, repeat = 1 } = {}): Uint8Array {
  const out = new BitWriter();
  out.write(repeat * counts.reduce((sum, count) => sum + count, 0), 32);
  out.write(WORD - 1, 5);
  for (const size of SIZES) out.write(size - 1, 4);
  counts.forEach((count, place) => {
    for (let left = count * repeat; left > 0; left -= LONGEST) {
      const length = Math.min(left, LONGEST);
      const size = SIZES.findIndex((bits) => length <= 2 ** bits);
      out.write(1, 1);
      out.write(size, 2);
      out.write(length - 1, SIZES[size]);
      out.write(place % 2 === 1 ? inside : 0, WORD);
    }
  });
  return out.bytes;
}
