import { describe, expect, it } from 'vitest';
import { latticeFilter } from '../../../../../../electron/engine/masks/crf/filter.js';
import {
  denseCrf,
  unaryFromLabels,
  unaryFromProbabilities,
  type CrfParameters,
} from '../../../../../../electron/engine/masks/crf/index.js';
import { bilateralKernel, gaussianKernel } from '../../../../../../electron/engine/masks/crf/kernels.js';
import { buildLattice } from '../../../../../../electron/engine/masks/crf/lattice.js';
import { randomSource } from '../../../../../../electron/engine/project/sample/random.js';

const numbers = (count: number, scale: number): Float32Array => {
  const random = randomSource(`crf ${count}`);
  return Float32Array.from({ length: count }, () => random.between(0, scale));
};

const photo = (width: number, height: number, scale = 255): { width: number; height: number; data: Uint8Array } => ({
  width,
  height,
  data: Uint8Array.from(numbers(width * height * 3, scale)),
});

const parameters: CrfParameters = {
  iterations: 5,
  gaussian: { sxy: 3, compat: 3 },
  bilateral: { sxy: 20, srgb: 13, compat: 10 },
};

/** N K N of `values` over all pairs of points, K(p, q) = exp(-|p - q|²/2) of rows of `positions`. */
function bruteForce(positions: number[][], values: Float32Array): Float32Array {
  const kernel = positions.map((p) =>
    positions.map((q) => Math.exp(-p.reduce((sum, value, i) => sum + (value - q[i]) ** 2, 0) / 2)),
  );
  const norms = kernel.map((row) => 1 / Math.sqrt(row.reduce((sum, value) => sum + value)));
  return values.map((_, p) => norms[p] * kernel[p].reduce((sum, value, q) => sum + value * norms[q] * values[q], 0));
}

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

  it('filters every channel alike, adds to what is there, and times a gain', () => {
    const lattice = buildLattice(numbers(400, 5), 2);
    const values = numbers(200, 1);
    const alone = new Float32Array(200);
    latticeFilter(lattice, 1)(values, 1, alone);
    const both = new Float32Array(400).fill(7);
    const pairs = Float32Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? values[at / 2] : 0));
    latticeFilter(lattice, 2)(pairs, 3, both);
    alone.forEach((value, at) => {
      expect(both[2 * at]).toBeCloseTo(7 + 3 * value, 3);
      expect(both[2 * at + 1]).toBe(7);
    });
  });

  it('holds a single point', () => {
    const out = new Float32Array(1);
    latticeFilter(buildLattice(Float32Array.of(0, 0), 2), 1)(Float32Array.of(1), 1, out);
    // It stays, or goes round the triangle of its corners, half of it in each of 3 directions; then alpha.
    expect(out[0]).toBeCloseTo((1 + 1 / 8) / (1 + 1 / 4), 6);
  });
});

describe('normalised kernels', () => {
  const size = { width: 24, height: 16 };
  /** Two flat colours with noise, a soft edge between them. */
  const noise = numbers(size.width * size.height * 3, 12);
  const picture = {
    ...size,
    data: Uint8Array.from(noise, (value, i) => value + 200 / (1 + Math.exp((14 - (Math.floor(i / 3) % 24)) / 2))),
  };
  const place = (point: number, sxy: number): number[] => [
    (point % size.width) / sxy,
    Math.floor(point / size.width) / sxy,
  ];
  const points = Array.from({ length: size.width * size.height }, (_, point) => point);
  /** A half plane with its edge beside the photo's. */
  const values = Float32Array.from(points, (point) => Number(point % size.width >= 11));

  // The lattice is an approximation: `tolerance` is a little above what it is off. A scale wrong by a fifth is off by .02
  // in the first; the second is coarse (parity tests compare with the library itself).
  it.each([
    ['place', 0.009, gaussianKernel(picture, 3), points.map((point) => place(point, 3))],
    [
      'place and colour',
      0.02,
      bilateralKernel(picture, 10, 20),
      points.map((p) => [...place(p, 10), ...Array.from(picture.data.subarray(3 * p, 3 * p + 3), (v) => v / 20)]),
    ],
  ])('filter like a Gaussian of %s', (_, tolerance, kernel, positions) => {
    const out = new Float32Array(points.length);
    latticeFilter(kernel, 1)(values, 1, out);
    const exact = bruteForce(positions, values);
    const error = out.reduce((sum, value, at) => sum + Math.abs(value - exact[at]), 0) / out.length;
    expect(error).toBeLessThan(tolerance);
  });
});

describe('the dense CRF', () => {
  const labels = 3;
  const unary = numbers(24 * 16 * labels, 4);

  it('gives distributions', () => {
    const marginals = denseCrf(unary, labels, photo(24, 16), parameters);
    expect(marginals.length).toBe(unary.length);
    for (let at = 0; at < marginals.length; at += labels) {
      expect(marginals[at] + marginals[at + 1] + marginals[at + 2]).toBeCloseTo(1, 5);
      expect(Math.min(...marginals.subarray(at, at + labels))).toBeGreaterThanOrEqual(0);
    }
  });

  it('leaves energies that are the same for all labels alone', () => {
    const marginals = denseCrf(new Float32Array(24 * 16 * labels).fill(2), labels, photo(24, 16), parameters);
    for (const value of marginals) expect(value).toBeCloseTo(1 / 3, 5);
  });

  it('is the softmax of the negated energies without iterations, and without compatibilities', () => {
    const softmax = denseCrf(unary, labels, photo(24, 16), { ...parameters, iterations: 0 });
    const sum = [0, 1, 2].reduce((total, k) => total + Math.exp(-unary[k]), 0);
    expect(softmax[1]).toBeCloseTo(Math.exp(-unary[1]) / sum, 6);
    const apart = { iterations: 5, gaussian: { sxy: 3, compat: 0 }, bilateral: { sxy: 3, srgb: 3, compat: 0 } };
    expect(denseCrf(unary, labels, photo(24, 16), apart)).toEqual(softmax);
  });

  it('moves a boundary to the edge of the photo', () => {
    const size = { width: 32, height: 16 };
    const at = (edge: number): Uint8Array => Uint8Array.from({ length: 512 }, (_, point) => Number(point % 32 >= edge));
    const data = Uint8Array.from({ length: 512 * 3 }, (_, i) => (Math.floor(i / 3) % 32 >= 16 ? 220 : 30));
    const energies = unaryFromLabels(at(13), [0, 1], 0.7);
    const marginals = denseCrf(energies, 2, { ...size, data }, { ...parameters, iterations: 10 });
    const map = Uint8Array.from({ length: 512 }, (_, point) => Number(marginals[2 * point + 1] > 0.5));
    expect(map).toEqual(at(16));
  });

  it('gives the same bytes twice', () => {
    const run = (): Float32Array => denseCrf(unary, labels, photo(24, 16), parameters);
    expect(run()).toEqual(run());
  });
});

describe('unary energies', () => {
  it('of probabilities are clipped', () => {
    const energies = unaryFromProbabilities(Float32Array.of(1, 0.5, 0), 1e-4);
    expect([...energies].map((energy) => Math.exp(-energy))).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(0.5, 6),
      expect.closeTo(1e-4, 8),
    ]);
  });

  it('of labels share what is not sure, and say nothing about ignored pixels', () => {
    const energies = unaryFromLabels(Uint8Array.of(0, 5, 255), [0, 5, 8], 0.7);
    const expected = [0.7, 0.15, 0.15, 0.15, 0.7, 0.15, 1, 1, 1];
    energies.forEach((energy, at) => expect(Math.exp(-energy)).toBeCloseTo(expected[at], 6));
  });
});
