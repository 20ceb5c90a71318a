import { fromHalves, toHalves } from './half.js';
import { scratch } from './scratch.js';

/** Lists of numbers on disk as float16, by a key. What was put in stays until the end. */
export interface HalfFile {
  has(key: string): boolean;
  /**
   * Writes lists of numbers where the disk takes them.
   * @returns them as they are read back; where float16 has none for one of them, as they were, and nothing is kept
   */
  put(key: string, lists: readonly Float32Array[]): readonly Float32Array[];
  /** What was put under a key that is there. */
  get(key: string): Float32Array[];
  /** Gives the disk back. */
  close(): void;
}

interface Entry {
  position: number;
  scale: number;
  length: number;
}

/** @param limit bytes of disk */
export function halfFile(folder: string, limit: number): HalfFile {
  const file = scratch(folder, limit);
  const places = new Map<string, Entry[]>();
  return {
    has: (key) => places.has(key),
    put(key, lists) {
      const halves = lists.map(toHalves);
      if (halves.includes(null)) return lists;
      const entries = halves.flatMap((half): Entry[] => {
        const { scale, bits } = half!;
        const position = file.append(new Uint8Array(bits.buffer));
        return position === null ? [] : [{ position, scale, length: bits.length }];
      });
      if (entries.length === lists.length) places.set(key, entries);
      return halves.map((half) => fromHalves(half!));
    },
    get: (key) =>
      places.get(key)!.map(({ position, scale, length }) => {
        const bits = new Uint16Array(length);
        file.read(position, new Uint8Array(bits.buffer));
        return fromHalves({ scale, bits });
      }),
    close: () => file.close(),
  };
}
