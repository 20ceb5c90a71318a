import type { RgbImage } from '../../../../shared/types.js';
import { buildLattice, type Lattice } from './lattice.js';

/** The kernel of nearness, positions (x, y) / `sxy` px; a lattice of width * height points. */
export function gaussianKernel({ width, height }: { width: number; height: number }, sxy: number): Lattice {
  const positions = new Float32Array(width * height * 2);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      positions[at++] = x / sxy;
      positions[at++] = y / sxy;
    }
  }
  return buildLattice(positions, 2);
}

/** The kernel of nearness and likeness: (x, y) / `sxy` px and (red, green, blue) / `srgb`, colours 0..255. */
export function bilateralKernel({ width, height, data }: RgbImage, sxy: number, srgb: number): Lattice {
  const positions = new Float32Array(width * height * 5);
  for (let y = 0, at = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      positions[at++] = x / sxy;
      positions[at++] = y / sxy;
      for (let channel = 0; channel < 3; channel++) positions[at++] = data[from++] / srgb;
    }
  }
  return buildLattice(positions, 5);
}
