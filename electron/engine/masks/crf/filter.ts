import type { Arena } from './arena.js';
import type { Lattice } from './lattice.js';
import type { Steps } from './steps.js';

/** What the library adds to a point's kernel sum before the root. */
const NORM_EPSILON = 1e-20;

/** Bytes of a row of float32 numbers, one a label, filled up to a multiple of four. */
export const rowBytes = (labels: number): number => Math.ceil(labels / 4) * 16;

/**
 * The Gaussian filter K, exp(-|p - q|²/2) over the points of a lattice, approximately: spread values, then gather them.
 * Both take the address of rows of `width` bytes, one a point, in the arena, which also holds a copy of the lattice and
 * two tables of its vertices.
 */
export class LatticeFilter {
  private readonly points: number;
  private readonly size: number;
  private readonly vertices: number;
  private readonly corners: number;
  private readonly weights: number;
  private readonly neighbours: number;
  /** Row 0 stays zero: it is the neighbour of vertices that have none. */
  private readonly tables: [from: number, to: number];
  /** What splat, blur and slice amount to beyond a Gaussian of height 1. */
  private readonly alpha: number;

  constructor(
    private readonly arena: Arena,
    private readonly steps: Steps,
    lattice: Lattice,
    private readonly width: number,
  ) {
    this.points = lattice.points;
    this.size = lattice.dimensions + 1;
    this.vertices = lattice.vertices;
    this.alpha = 1 / (1 + 2 ** -lattice.dimensions);
    this.corners = arena.hold(lattice.corners);
    this.weights = arena.hold(lattice.weights);
    this.neighbours = arena.hold(lattice.neighbours);
    this.tables = [arena.take(this.tableLength(width)), arena.take(this.tableLength(width))];
  }

  /** Splats and blurs the values of the points. */
  spread(values: number, width = this.width): void {
    const { steps, points, size, vertices, corners, weights, tables } = this;
    this.arena.floats(tables[0], this.tableLength(width)).fill(0);
    steps.splat(points, size, corners, weights, values, tables[0], width);
    for (let direction = 0; direction < size; direction++) {
      steps.blur(vertices, this.neighbours + direction * vertices * 8, tables[0], tables[1], width);
      tables.reverse();
    }
  }

  /** Adds `gain` times what was spread, filtered, to the rows of the points. */
  gather(rows: number, gain: number, width = this.width): void {
    const { steps, points, size, corners, weights, tables, alpha } = this;
    steps.slice(points, size, corners, weights, tables[0], gain * alpha, rows, width);
  }

  /**
   * Makes it N K N, N = diag(1 / sqrt(K 1 + 1e-20)): weights of corners act once in splatting and once in slicing, so N
   * goes into them. `scratch`: address of 16 bytes a point.
   */
  normalise(scratch: number): void {
    const { arena, points, size, tables } = this;
    const rows = arena.floats(scratch, points * 4);
    rows.fill(1);
    this.spread(scratch, 16);
    rows.fill(0);
    this.gather(scratch, 1, 16);
    const weights = arena.floats(this.weights, points * size);
    for (let point = 0, at = 0; point < points; point++) {
      const norm = 1 / Math.sqrt(rows[point * 4] + NORM_EPSILON);
      for (let corner = 0; corner < size; corner++) weights[at++] *= norm;
    }
    // Narrow rows lie where row 0 of wide ones is.
    for (const table of tables) arena.floats(table, this.width / 4).fill(0);
  }

  /** Numbers in a table with rows of that many bytes. */
  private tableLength(width: number): number {
    return (this.vertices + 1) * (width / 4);
  }
}
