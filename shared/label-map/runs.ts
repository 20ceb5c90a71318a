/** Bits of a length in one byte; the highest bit says that more follow (LEB128). */
const PART = 7;
const MORE = 1 << PART;

/** A list of bytes that grows. */
class Bytes {
  #bytes = new Uint8Array(1024);
  #size = 0;

  push(byte: number): void {
    if (this.#size === this.#bytes.length) {
      const larger = new Uint8Array(this.#size * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#size++] = byte;
  }

  whole(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }
}

/** Packs labels as runs: each a label and how often it comes, unsigned LEB128. */
export function packRuns(labels: Uint8Array): Uint8Array {
  const packed = new Bytes();
  for (let i = 0; i < labels.length;) {
    const label = labels[i];
    const start = i;
    while (i < labels.length && labels[i] === label) i++;
    packed.push(label);
    let length = i - start;
    for (; length >= MORE; length = Math.floor(length / MORE)) packed.push((length % MORE) | MORE);
    packed.push(length);
  }
  return packed.whole();
}

/** Unpacks exactly `length` labels. Throws RangeError where the runs are fewer, more, or cut short. */
export function unpackRuns(packed: Uint8Array, length: number): Uint8Array {
  const labels = new Uint8Array(length);
  let filled = 0;
  for (let at = 0; at < packed.length;) {
    const label = packed[at++];
    let run = 0;
    for (let weight = 1, more = true; more; weight *= MORE) {
      if (at >= packed.length || weight > length) throw new RangeError('the runs are cut short or too long');
      run += (packed[at] % MORE) * weight;
      more = packed[at++] >= MORE;
    }
    if (run === 0 || filled + run > length) throw new RangeError('the runs are more than the pixels');
    labels.fill(label, filled, filled + run);
    filled += run;
  }
  if (filled !== length) throw new RangeError('the runs are fewer than the pixels');
  return labels;
}
