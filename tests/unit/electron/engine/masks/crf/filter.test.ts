import { describe, expect, it } from 'vitest';
import { Arena } from '../../../../../../electron/engine/masks/crf/arena.js';
import { LatticeFilter, rowBytes } from '../../../../../../electron/engine/masks/crf/filter.js';
import { bilateralKernel, gaussianKernel } from '../../../../../../electron/engine/masks/crf/kernels.js';
import { buildLattice, type Lattice } from '../../../../../../electron/engine/masks/crf/lattice.js';
import { stepsIn } from '../../../../../../electron/engine/masks/crf/steps.js';
import { randomSource } from '../../../../../../electron/engine/project/sample/random.js';
import { plainFilter } from '../../../../../support/plain-crf.js';

const numbers = (count: number, scale: number): Float32Array => {
  const random = randomSource(`crf ${count}`);
  return Float32Array.from({ length: count }, () => random.between(0, scale));
};

/** N K N of `values` over all pairs of points, K(p, q) = exp(-|p - q|²/2) of rows of `positions`. */
function bruteForce(positions: number[][], values: Float32Array): Float32Array {
  const kernel = positions.map((p) =>
    positions.map((q) => Math.exp(-p.reduce((sum, value, i) => sum + (value - q[i]) ** 2, 0) / 2)),
  );
  const norms = kernel.map((row) => 1 / Math.sqrt(row.reduce((sum, value) => sum + value)));
  return values.map((_, p) => norms[p] * kernel[p].reduce((sum, value, q) => sum + value * norms[q] * values[q], 0));
}

/** What the filter adds to `onto`, or zeros; values and result float32 [points, channels]. */
function filtered(
  lattice: Lattice,
  values: Float32Array,
  { channels = 1, gain = 1, normalised = false, onto = 0 } = {},
): Float32Array {
  const padded = rowBytes(channels) / 4;
  const arena = new Arena();
  const filter = new LatticeFilter(arena, stepsIn(arena.memory), lattice, rowBytes(channels));
  const at = arena.take(lattice.points * padded);
  const rows = arena.floats(at, lattice.points * padded);
  if (normalised) filter.normalise(at);
  rows.fill(0);
  values.forEach((value, i) => (rows[Math.floor(i / channels) * padded + (i % channels)] = value));
  filter.spread(at);
  rows.fill(onto);
  filter.gather(at, gain);
  return values.map((_, i) => rows[Math.floor(i / channels) * padded + (i % channels)]);
}

describe('the filter of a lattice', () => {
  it('filters every channel alike, adds to what is there, and times a gain', () => {
    const lattice = buildLattice(numbers(400, 5), 2);
    const values = numbers(200, 1);
    const alone = filtered(lattice, values);
    const pairs = Float32Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? values[at / 2] : 0));
    const both = filtered(lattice, pairs, { channels: 2, gain: 3, onto: 7 });
    alone.forEach((value, at) => {
      expect(both[2 * at]).toBeCloseTo(7 + 3 * value, 3);
      expect(both[2 * at + 1]).toBe(7);
    });
  });

  it('holds a single point', () => {
    const out = filtered(buildLattice(Float32Array.of(0, 0), 2), Float32Array.of(1));
    // It stays, or goes round the triangle of its corners, half of it in each of 3 directions; then alpha.
    expect(out[0]).toBeCloseTo((1 + 1 / 8) / (1 + 1 / 4), 6);
  });

  it.each([
    [2, 1],
    [2, 21],
    [5, 4],
    [5, 9],
  ] as const)('computes what plain sums do, in %i dimensions with %i channels', (d, channels) => {
    const lattice = buildLattice(numbers(300 * d, 6), d);
    const values = numbers(300 * channels, 1);
    const plain = plainFilter(lattice, [...values], channels);
    filtered(lattice, values, { channels, normalised: true }).forEach((value, at) =>
      expect(value).toBeCloseTo(plain[at], 5),
    );
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
    const out = filtered(kernel, values, { normalised: true });
    const exact = bruteForce(positions, values);
    const error = out.reduce((sum, value, at) => sum + Math.abs(value - exact[at]), 0) / out.length;
    expect(error).toBeLessThan(tolerance);
  });
});
