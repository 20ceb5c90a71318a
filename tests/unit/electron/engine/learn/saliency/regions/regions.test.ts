import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundaryConnectivity,
  colourScales,
  otsu,
  secondNeighbours,
} from '../../../../../../../electron/engine/learn/saliency/regions/background.js';
import { rgbToLab, rgbaToLab } from '../../../../../../../shared/superpixels/lab.js';
import { solvePositive } from '../../../../../../../electron/engine/learn/saliency/regions/optimise.js';
import {
  regionGraph,
  shortestPaths,
} from '../../../../../../../electron/engine/learn/saliency/regions/region-graph.js';
import { slic } from '../../../../../../../shared/superpixels/slic.js';
import type { RgbImage } from '../../../../../../../shared/types.js';
import { allclose } from '../../../../../../support/golden.js';

/** Left half of one colour, right half of another. */
function halves(width: number, height: number, left: number[], right: number[]): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(i % width < width / 2 ? left : right, i * 3);
  return { width, height, data };
}

describe('Lab', () => {
  it('has the published values of sRGB colours', () => {
    const colours = Uint8Array.of(255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255);
    const published = [100, 0, 0, 0, 0, 0, 53.24, 80.09, 67.2, 32.3, 79.19, -107.86];
    const { close, message } = allclose(rgbToLab({ width: 4, height: 1, data: colours }), published, { atol: 0.02 });
    expect(close, message).toBe(true);
  });
});

it('Lab is nearly the same by the table', () => {
  const side = 32;
  const grid = Array.from({ length: side ** 2 }, (_, i) => [(i * 7) % 256, (i * 31) % 256, Math.floor(i / 4)]);
  const exact = rgbToLab({ width: side, height: side, data: Uint8Array.from(grid.flat()) });
  const near = rgbaToLab(Uint8ClampedArray.from(grid.flatMap((rgb) => [...rgb, 255])));
  const { close, message } = allclose(near, [...exact], { atol: 0.03 });
  expect(close, message).toBe(true);
});

describe('SLIC', () => {
  const options = { area: 36, compactness: 20, rounds: 5 };

  it('numbers connected regions without a gap, and keeps to edges of colour', () => {
    const photo = halves(30, 24, [250, 20, 20], [20, 20, 250]);
    const { labels, count } = slic(rgbToLab(photo), 30, 24, options);
    expect(new Set(labels)).toEqual(new Set(Array.from({ length: count }, (_, k) => k)));
    const sides = Array.from({ length: count }, () => new Set<boolean>());
    labels.forEach((label, i) => sides[label].add(i % 30 < 15));
    expect(sides.every((side) => side.size === 1)).toBe(true);
  });

  it('takes photos of any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (width, height) => {
        const { labels, count } = slic(new Float32Array(width * height * 3), width, height, options);
        expect(Math.max(...labels)).toBe(count - 1);
        expect(Math.min(...labels)).toBe(0);
      }),
      { seed: 61, numRuns: 40 },
    );
  });
});

describe('the region graph', () => {
  /** Three columns: 0 | 1 | 2. */
  const segmentation = { width: 3, height: 2, labels: Int32Array.of(0, 1, 2, 0, 1, 2), count: 3 };
  const lab = Float32Array.from([0, 3, 3, 0, 3, 3].flatMap((l) => [l, l === 0 ? 0 : 4, 0]));
  const graph = regionGraph(lab, segmentation);

  it('knows who touches whom, and how far they differ', () => {
    expect([...graph.adjacent]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
    expect([...graph.colourDistance]).toEqual([0, 5, 5, 5, 0, 0, 5, 0, 0]);
    expect(graph.positionDistance[2]).toBeCloseTo(2 / 3);
    expect([...graph.atEdge]).toEqual([1, 1, 1]);
    expect([...secondNeighbours(graph)]).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
  });

  it('finds shortest ways, as trying every way does', () => {
    const sizes = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        sizes.chain((n) => fc.tuple(fc.constant(n), fc.array(fc.nat(9), { minLength: n * n, maxLength: n * n }))),
        ([n, lengths]) => {
          const edges = Float64Array.from(lengths, (length) => (length === 0 ? Infinity : length));
          const way = (from: number, to: number, left: number[]): number =>
            from === to
              ? 0
              : Math.min(
                  Infinity,
                  ...left.map(
                    (k) =>
                      edges[from * n + k] +
                      way(
                        k,
                        to,
                        left.filter((o) => o !== k),
                      ),
                  ),
                );
          const paths = shortestPaths(edges, n);
          const all = Array.from({ length: n }, (_, k) => k);
          for (const a of all) {
            for (const b of all)
              expect(paths[a * n + b]).toBe(
                way(
                  a,
                  b,
                  all.filter((k) => k !== a),
                ),
              );
          }
        },
      ),
      { seed: 62, numRuns: 60 },
    );
  });
});

describe('boundary connectivity', () => {
  it('is low for a thing in the middle, and above 1 for what surrounds it', () => {
    // 6 x 6 regions of 4 x 4 pixels, the middle four red on green.
    const [side, cells] = [24, 6];
    const labels = Int32Array.from(
      { length: side * side },
      (_, i) => Math.floor(Math.floor(i / side) / 4) * cells + Math.floor((i % side) / 4),
    );
    const middle = (label: number): boolean =>
      [2, 3].includes(label % cells) && [2, 3].includes(Math.floor(label / cells));
    const data = new Uint8Array(side * side * 3);
    labels.forEach((label, i) => data.set(middle(label) ? [200, 30, 30] : [30, 160 + (label % 3) * 4, 30], i * 3));
    const graph = regionGraph(rgbToLab({ width: side, height: side, data }), {
      width: side,
      height: side,
      labels,
      count: 36,
    });
    const connectivity = boundaryConnectivity(graph, colourScales(graph, secondNeighbours(graph)));
    connectivity.forEach((value, label) =>
      middle(label) ? expect(value).toBeLessThan(0.5) : expect(value).toBeGreaterThan(1),
    );
  });
});

describe('the mathematics of it', () => {
  it("parts two heaps of values by Otsu's threshold", () => {
    const threshold = otsu(Float64Array.of(0.1, 0.12, 0.15, 0.8, 0.85, 0.9));
    expect(threshold).toBeGreaterThanOrEqual(0.15 - 1 / 255);
    expect(threshold).toBeLessThan(0.8);
  });

  it('solves positive definite systems', () => {
    const roots = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 });
    const sides = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(roots, sides, (root, expected) => {
        const at = (i: number, j: number): number =>
          [0, 1, 2, 3].reduce((sum, k) => sum + root[i * 4 + k] * root[j * 4 + k], i === j ? 1 : 0);
        const matrix = Float64Array.from({ length: 16 }, (_, i) => at(Math.floor(i / 4), i % 4));
        const right = Float64Array.from({ length: 4 }, (_, i) =>
          [0, 1, 2, 3].reduce((sum, j) => sum + at(i, j) * expected[j], 0),
        );
        const { close, message } = allclose(solvePositive(matrix, right), expected, { atol: 1e-8 });
        expect(close, message).toBe(true);
      }),
      { seed: 63 },
    );
  });
});
