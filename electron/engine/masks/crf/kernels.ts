import type { RgbImage } from '../../../../shared/types.js';
import { latticeFilter } from './filter.js';
import { buildLattice, type Lattice } from './lattice.js';

/** What the library adds to a point's kernel sum before the root. */
const NORM_EPSILON = 1e-20;

/**
 * Gives the lattice's filter K the symmetric normalisation N K N, N = diag(1 / sqrt(K 1 + 1e-20)): corner weights act
 * once in splatting and once in slicing, so N goes into them.
 */
function normalised(lattice: Lattice): Lattice {
  const { points, dimensions } = lattice;
  const sums = new Float32Array(points);
  latticeFilter(lattice, 1)(new Float32Array(points).fill(1), 1, sums);
  const size = dimensions + 1;
  const weights = lattice.weights.map((weight, at) => weight / Math.sqrt(sums[Math.floor(at / size)] + NORM_EPSILON));
  return { ...lattice, weights };
}

/** The kernel of nearness, positions (x, y) / `sxy` px, normalised; a lattice of width * height points. */
export function gaussianKernel({ width, height }: { width: number; height: number }, sxy: number): Lattice {
  const positions = new Float32Array(width * height * 2);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      positions[at++] = x / sxy;
      positions[at++] = y / sxy;
    }
  }
  return normalised(buildLattice(positions, 2));
}

/** The kernel of nearness and likeness: (x, y) / `sxy` px and (red, green, blue) / `srgb`, colours 0..255; normalised. */
export function bilateralKernel({ width, height, data }: RgbImage, sxy: number, srgb: number): Lattice {
  const positions = new Float32Array(width * height * 5);
  for (let y = 0, at = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      positions[at++] = x / sxy;
      positions[at++] = y / sxy;
      for (let channel = 0; channel < 3; channel++) positions[at++] = data[from++] / srgb;
    }
  }
  return normalised(buildLattice(positions, 5));
}
