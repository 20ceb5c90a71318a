import { VertexTable } from './vertices.js';

/** Place alone, or place and colour. */
export type Dimensions = 2 | 5;

/**
 * The permutohedral lattice around `points` positions in `dimensions` (d) dimensions: each point lies in a simplex of
 * d + 1 vertices, and a vertex has two neighbours in each of d + 1 directions.
 */
export interface Lattice {
  points: number;
  dimensions: Dimensions;
  vertices: number;
  /** int32 [points, d + 1]: vertices of a point's simplex, from 1. */
  corners: Int32Array;
  /** float32 [points, d + 1]: barycentric weight of each corner; those of a point sum to 1. */
  weights: Float32Array;
  /** int32 [d + 1, vertices, 2]: neighbours of each vertex in each direction, from 1; 0 where there is none. */
  neighbours: Int32Array;
}

/** Adding and taking it away rounds a small float64 to the nearest integer, a half to the even one. */
const ROUNDER = 1.5 * 2 ** 52;

const { fround } = Math;

/**
 * float32 [d]: what each coordinate is scaled by so that, projected onto the plane of the lattice, a blur of
 * [1/2, 1, 1/2] in every direction, with splat and slice, is a Gaussian of standard deviation 1 (Adams et al., page 6).
 */
function scales(dimensions: number): Float32Array {
  const deviation = fround(Math.sqrt(2 / 3) * (dimensions + 1));
  return Float32Array.from({ length: dimensions }, (_, i) => deviation / Math.sqrt((i + 1) * (i + 2)));
}

/** Finds the simplex around one position after another; everything but its three results is scratch. */
class SimplexFinder {
  /** float32 [d + 1]: the vertex of remainder 0 of the simplex. */
  readonly base: Float32Array;
  /** int32 [d + 1]: place of each coordinate when what is left over `base` is sorted, the largest first. */
  readonly rank: Int32Array;
  /** float32 [d + 2]: weights of the vertices by remainder; the last entry means nothing. */
  readonly weights: Float32Array;
  private readonly elevated: Float32Array;
  private readonly scale: Float32Array;
  private readonly inverse: number;

  constructor(private readonly dimensions: number) {
    this.base = new Float32Array(dimensions + 1);
    this.rank = new Int32Array(dimensions + 1);
    this.weights = new Float32Array(dimensions + 2);
    this.elevated = new Float32Array(dimensions + 1);
    this.scale = scales(dimensions);
    this.inverse = fround(1 / (dimensions + 1));
  }

  /** Looks at the position that starts at `from`. Float32 at every step: other roundings put ties into other simplices. */
  locate(positions: Float32Array, from: number): void {
    this.elevate(positions, from);
    const { dimensions: d, base, rank, weights, elevated, inverse } = this;
    let offPlane = 0;
    for (let i = 0; i <= d; i++) {
      const nearest = fround(inverse * elevated[i]) + ROUNDER - ROUNDER;
      base[i] = nearest * (d + 1);
      offPlane += nearest;
    }
    rank.fill(offPlane);
    for (let i = 0; i < d; i++) {
      const left = fround(elevated[i] - base[i]);
      for (let j = i + 1; j <= d; j++) rank[left < fround(elevated[j] - base[j]) ? i : j]++;
    }
    weights.fill(0);
    for (let i = 0; i <= d; i++) {
      // Rounding left the plane (coordinates that sum to 0): go back along the coordinates it moved most.
      const turn = rank[i] < 0 ? d + 1 : rank[i] > d ? -(d + 1) : 0;
      rank[i] += turn;
      base[i] += turn;
      const share = fround(fround(elevated[i] - base[i]) * inverse);
      weights[d - rank[i]] += share;
      weights[d - rank[i] + 1] -= share;
    }
    weights[0] += fround(1 + weights[d + 1]);
  }

  /** Projects a position onto the plane: y = E p (Adams et al., page 5). */
  private elevate(positions: Float32Array, from: number): void {
    const { elevated, scale } = this;
    let sum = 0;
    for (let j = this.dimensions; j > 0; j--) {
      const scaled = fround(positions[from + j - 1] * scale[j - 1]);
      elevated[j] = sum - fround(j * scaled);
      sum = fround(sum + scaled);
    }
    elevated[0] = sum;
  }
}

/** int32 [d + 1, vertices, 2]: see Lattice. */
function neighboursOf(table: VertexTable, dimensions: number): Int32Array {
  const neighbours = new Int32Array((dimensions + 1) * table.size * 2);
  const below = new Int32Array(dimensions);
  const above = new Int32Array(dimensions);
  for (let direction = 0, at = 0; direction <= dimensions; direction++) {
    for (let vertex = 0; vertex < table.size; vertex++) {
      for (let i = 0; i < dimensions; i++) {
        const coordinate = table.keys[vertex * dimensions + i];
        below[i] = i === direction ? coordinate + dimensions : coordinate - 1;
        above[i] = i === direction ? coordinate - dimensions : coordinate + 1;
      }
      neighbours[at++] = table.find(below) + 1;
      neighbours[at++] = table.find(above) + 1;
    }
  }
  return neighbours;
}

/**
 * The lattice around `positions`, float32 [points, dimensions], in units of the Gaussian's standard deviation.
 * Adams, Baek and Davis, "Fast High-Dimensional Filtering Using the Permutohedral Lattice", Eurographics 2010.
 */
export function buildLattice(positions: Float32Array, dimensions: Dimensions): Lattice {
  const points = positions.length / dimensions;
  const size = dimensions + 1;
  const corners = new Int32Array(points * size);
  const weights = new Float32Array(points * size);
  const table = new VertexTable(dimensions, points / 4);
  const simplex = new SimplexFinder(dimensions);
  const { base, rank } = simplex;
  const key = new Int32Array(dimensions);
  for (let point = 0; point < points; point++) {
    simplex.locate(positions, point * dimensions);
    for (let remainder = 0; remainder <= dimensions; remainder++) {
      // The last coordinate follows from the others.
      for (let i = 0; i < dimensions; i++) {
        key[i] = base[i] + remainder - (rank[i] > dimensions - remainder ? size : 0);
      }
      corners[point * size + remainder] = table.findOrAdd(key) + 1;
      weights[point * size + remainder] = simplex.weights[remainder];
    }
  }
  return { points, dimensions, vertices: table.size, corners, weights, neighbours: neighboursOf(table, dimensions) };
}
