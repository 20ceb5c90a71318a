import binary from './steps.wasm';

/**
 * The loops of the dense CRF, four labels at a time. Pointers are byte addresses in the memory; a row of labels is `width`
 * bytes, a multiple of 16. `size` is 3 or 6, the corners of a simplex.
 */
export interface Steps {
  /**
   * Adds the values of points, float32 rows, times int32 [points, size] corners' float32 weights to the vertices' rows in
   * the table.
   */
  splat(points: number, size: number, corners: number, weights: number, values: number, table: number, w: number): void;
  /**
   * [1/2, 1, 1/2] over the vertices in one direction, from one table to another. `neighbours`: int32 [vertices, 2], from
   * 1; row 0 of a table is the neighbour of those that have none.
   */
  blur(vertices: number, neighbours: number, from: number, to: number, width: number): void;
  /** Adds `gain` times the values of the vertices around points, weighted, to the rows of the points. */
  slice(
    points: number,
    size: number,
    corners: number,
    weights: number,
    table: number,
    gain: number,
    rows: number,
    width: number,
  ): void;
  /** In place: each row becomes a distribution that is proportional to exp of it. */
  softmax(points: number, rows: number, width: number): void;
}

const compiled = new WebAssembly.Module(binary);

/** The loops, working in that memory. */
export const stepsIn = (memory: WebAssembly.Memory): Steps =>
  new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Steps;
