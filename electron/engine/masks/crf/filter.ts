import type { Lattice } from './lattice.js';

const { fround } = Math;

/**
 * Adds `gain` times the filtered `values` to `out`; both float32 [points, channels], row-major.
 */
export type LatticeFilter = (values: Float32Array, gain: number, out: Float32Array) => void;

// In the three functions below float32 at every step spares the processor's conversions, and three corners at a time
// (there are 3 or 6) read and write each value once instead of three times. Corners of a simplex are never the same.

/** Values of points to the vertices around them. */
function splat({ points, dimensions, corners, weights }: Lattice, values: Float32Array, at: Float32Array, n: number) {
  for (let point = 0, c = 0; point < points; point++) {
    const from = point * n;
    for (let corner = 0; corner <= dimensions; corner += 3, c += 3) {
      const [a, b, d] = [corners[c] * n, corners[c + 1] * n, corners[c + 2] * n];
      const [u, v, w] = [weights[c], weights[c + 1], weights[c + 2]];
      for (let k = 0; k < n; k++) {
        const value = values[from + k];
        at[a + k] = fround(at[a + k] + fround(u * value));
        at[b + k] = fround(at[b + k] + fround(v * value));
        at[d + k] = fround(at[d + k] + fround(w * value));
      }
    }
  }
}

/** [1/2, 1, 1/2] over the vertices in one direction. */
function blur({ vertices, neighbours }: Lattice, direction: number, from: Float32Array, to: Float32Array, n: number) {
  for (let vertex = 1, at = direction * vertices * 2; vertex <= vertices; vertex++) {
    const own = vertex * n;
    const below = neighbours[at++] * n;
    const above = neighbours[at++] * n;
    for (let k = 0; k < n; k++) {
      to[own + k] = fround(from[own + k] + fround(0.5 * fround(from[below + k] + from[above + k])));
    }
  }
}

/** Values of vertices back to the points between them. */
function slice(lattice: Lattice, from: Float32Array, gain: number, out: Float32Array, n: number) {
  const { points, dimensions, corners, weights } = lattice;
  const scale = fround(gain);
  for (let point = 0, c = 0; point < points; point++) {
    const to = point * n;
    for (let corner = 0; corner <= dimensions; corner += 3, c += 3) {
      const [a, b, d] = [corners[c] * n, corners[c + 1] * n, corners[c + 2] * n];
      const u = fround(weights[c] * scale);
      const v = fround(weights[c + 1] * scale);
      const w = fround(weights[c + 2] * scale);
      for (let k = 0; k < n; k++) {
        const more = fround(fround(u * from[a + k]) + fround(v * from[b + k]));
        out[to + k] = fround(out[to + k] + fround(more + fround(w * from[d + k])));
      }
    }
  }
}

/**
 * The Gaussian filter exp(-|p - q|²/2) over the points of a lattice, approximately: splat, blur, slice. Its two buffers,
 * [vertices + 1, channels], are used again in every call.
 */
export function latticeFilter(lattice: Lattice, channels: number): LatticeFilter {
  // Row 0 stays zero: it is the neighbour of vertices that have none.
  const buffers = [0, 1].map(() => new Float32Array((lattice.vertices + 1) * channels));
  /** What splat, blur and slice amount to beyond a Gaussian of height 1. */
  const alpha = 1 / (1 + 2 ** -lattice.dimensions);
  return (values, gain, out) => {
    let [from, to] = buffers;
    from.fill(0);
    splat(lattice, values, from, channels);
    for (let direction = 0; direction <= lattice.dimensions; direction++) {
      blur(lattice, direction, from, to, channels);
      [from, to] = [to, from];
    }
    slice(lattice, from, gain * alpha, out, channels);
  };
}
