import type { KeepBounds } from './bounds.js';
import { halfFile } from './half-file.js';
import { fromHalves, toHalves, type Halves } from './half.js';

/** Numbers by a key, within bounds on memory and disk. What was kept stays until the end. */
export interface KeptNumbers {
  has(key: string): boolean;
  /** The numbers of a key that is there. */
  get(key: string): Float32Array;
  /**
   * Keeps numbers where there is room.
   * @returns them as `get` gives them, also where there is none: whoever computes them again comes to the same
   */
  put(key: string, values: Float32Array): Float32Array;
  dispose(): void;
}

/** All of them in memory as they are. */
function exactNumbers(): KeptNumbers {
  const held = new Map<string, Float32Array>();
  return {
    has: (key) => held.has(key),
    get: (key) => held.get(key)!,
    put(key, values) {
      held.set(key, values);
      return values;
    },
    dispose: () => held.clear(),
  };
}

/** As float16: the first that come in memory, the others on disk. */
function halfNumbers({ memory, disk, folder }: KeepBounds): KeptNumbers {
  const held = new Map<string, Halves>();
  const file = halfFile(folder, disk);
  let bytes = 0;
  return {
    has: (key) => held.has(key) || file.has(key),
    get(key) {
      const halves = held.get(key);
      return halves ? fromHalves(halves) : file.get(key)[0];
    },
    put(key, values) {
      const size = 2 * values.length;
      if (bytes + size > memory) return file.put(key, [values])[0];
      const halves = toHalves(values);
      if (!halves) return values;
      held.set(key, halves);
      bytes += size;
      return fromHalves(halves);
    },
    dispose() {
      held.clear();
      file.close();
    },
  };
}

/**
 * Where all numbers together fit into memory they are kept as they are, else each is rounded to float16, from the first
 * time on: what a number is must not depend on what came before it, or a training that goes on after a stop would come to
 * other weights than one that was never stopped.
 *
 * @param total bytes of all numbers together, as float32
 */
export const keptNumbers = (total: number, bounds: KeepBounds): KeptNumbers =>
  total <= bounds.memory ? exactNumbers() : halfNumbers(bounds);
