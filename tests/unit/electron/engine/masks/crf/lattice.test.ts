import { describe, expect, it } from 'vitest';
import { buildLattice } from '../../../../../../electron/engine/masks/crf/lattice.js';
import { randomSource } from '../../../../../../electron/engine/project/sample/random.js';

const numbers = (count: number, scale: number): Float32Array => {
  const random = randomSource(`crf ${count}`);
  return Float32Array.from({ length: count }, () => random.between(0, scale));
};

describe('the permutohedral lattice', () => {
  it.each([2, 5] as const)('puts each point into a simplex with weights that sum to 1, in %i dimensions', (d) => {
    const { points, corners, weights, vertices } = buildLattice(numbers(500 * d, 6), d);
    for (let point = 0; point < points; point++) {
      const own = [...weights.subarray(point * (d + 1), (point + 1) * (d + 1))];
      expect(own.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 5);
      expect(Math.min(...own)).toBeGreaterThan(-1e-5);
      expect(new Set(corners.subarray(point * (d + 1), (point + 1) * (d + 1))).size).toBe(d + 1);
    }
    expect(Math.min(...corners)).toBe(1);
    expect(Math.max(...corners)).toBe(vertices);
  });

  it.each([2, 5] as const)('links neighbours both ways, in %i dimensions', (d) => {
    const { vertices, neighbours } = buildLattice(numbers(300 * d, 6), d);
    const linked = (direction: number, vertex: number, side: 0 | 1): number =>
      neighbours[(direction * vertices + vertex - 1) * 2 + side];
    let links = 0;
    for (let direction = 0; direction <= d; direction++) {
      for (let vertex = 1; vertex <= vertices; vertex++) {
        const next = linked(direction, vertex, 1);
        if (next === 0) continue;
        links++;
        expect(linked(direction, next, 0)).toBe(vertex);
      }
    }
    expect(links).toBeGreaterThan(0);
  });
});
