/**
 * Numbers lattice vertices 0, 1, 2, ... in the order they are first asked for. Open addressing with linear probing over
 * flat arrays; keys are `dimensions` integers each.
 */
export class VertexTable {
  size = 0;
  /** int32 [size, dimensions], with room to spare behind. */
  keys: Int32Array;
  /** int32 [power of two]: vertex at each slot, -1 where free. At most half of the slots are taken. */
  private slots: Int32Array;

  constructor(
    private readonly dimensions: number,
    expected: number,
  ) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected)));
    this.slots = new Int32Array(capacity).fill(-1);
    this.keys = new Int32Array((capacity / 2) * dimensions);
  }

  /** Vertex with the key, or -1. */
  find(key: Int32Array): number {
    return this.slots[this.slotOf(key, 0)];
  }

  /** Vertex with the key, a new one where there is none. */
  findOrAdd(key: Int32Array): number {
    const slot = this.slotOf(key, 0);
    if (this.slots[slot] >= 0) return this.slots[slot];
    const vertex = this.size++;
    for (let i = 0; i < this.dimensions; i++) this.keys[vertex * this.dimensions + i] = key[i];
    this.slots[slot] = vertex;
    if (2 * this.size >= this.slots.length) this.grow();
    return vertex;
  }

  /** Slot of the key that starts at `from` of `keys`, or the free slot where it would go. */
  private slotOf(keys: Int32Array, from: number): number {
    const { dimensions, slots, keys: known } = this;
    let hash = 0;
    for (let i = 0; i < dimensions; i++) hash = Math.imul(hash ^ keys[from + i], 0x9e3779b1);
    const mask = slots.length - 1;
    // The product's low bits hang on the key's low bits alone: mix the high ones in.
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const vertex = slots[slot];
      if (vertex < 0) return slot;
      const at = vertex * dimensions;
      let i = 0;
      while (i < dimensions && known[at + i] === keys[from + i]) i++;
      if (i === dimensions) return slot;
    }
  }

  private grow(): void {
    const keys = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let vertex = 0; vertex < this.size; vertex++) {
      this.slots[this.slotOf(keys, vertex * this.dimensions)] = vertex;
    }
  }
}
