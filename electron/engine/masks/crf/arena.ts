import { StudioError } from '../../../../shared/errors.js';

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 2 ** 16;

/** Pages that 32-bit addresses reach: 4 GiB. */
const MOST_PAGES = 2 ** 16;

/** Memory that WebAssembly works in: grows with what is taken, and is let go as a whole. */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 0, maximum: MOST_PAGES });
  private used = 0;

  /**
   * Byte address of that many zeros of 4 bytes, at a multiple of 16.
   * @throws StudioError `size-mismatch` where 4 GiB are not enough, or the machine has no more
   */
  take(count: number): number {
    const at = this.used;
    this.used += Math.ceil(count / 4) * 16;
    const lacking = Math.ceil(this.used / PAGE) - this.memory.buffer.byteLength / PAGE;
    try {
      if (lacking > 0) this.memory.grow(lacking);
    } catch (cause) {
      throw new StudioError(
        {
          code: 'size-mismatch',
          message: `the photo is too large for a CRF of its labels: at least ${(this.used / 2 ** 30).toFixed(1)} GB of memory are needed`,
          remedy: 'Make the photo smaller, or its mask without refinement (--refine none).',
        },
        { cause },
      );
    }
    return at;
  }

  /** `count` numbers at an address; valid until more is taken. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count);
  }

  /** Takes room for the numbers and puts them there. */
  hold(numbers: Float32Array | Int32Array): number {
    const at = this.take(numbers.length);
    const { buffer } = this.memory;
    const place = numbers instanceof Int32Array ? new Int32Array(buffer, at) : new Float32Array(buffer, at);
    place.set(numbers);
    return at;
  }
}
