import { describe, expect, it } from 'vitest';
import { randomWalk, type FeatureMap } from '../../../../../../../electron/engine/learn/localize/refine/randomWalk.js';
import { randomSource } from '../../../../../../../electron/engine/project/sample/random.js';
import type { FloatMap } from '../../../../../../../shared/types.js';

const [width, height, channels] = [9, 7, 3];
const noise = randomSource('random walk');

const featuresOf = (at: (x: number, y: number) => number[]): FeatureMap => ({
  width,
  height,
  channels,
  data: Float32Array.from({ length: width * height }, (_, i) => i).reduce(
    (data, i) => {
      data.set(at(i % width, Math.floor(i / width)), i * channels);
      return data;
    },
    new Float32Array(width * height * channels),
  ),
});

const mapOf = (at: (x: number, y: number) => number): FloatMap => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
});

/** Left and right of x = 4 are as unlike as can be. */
const halves = featuresOf((x) => (x < 4 ? [1, 0, 0] : [0, 1, 0]));
const random = featuresOf(() => [0, 0, 0].map(() => noise.between(-1, 1)));
const randomMap = mapOf(() => noise.between(0, 1));

describe('a random walk over features', () => {
  it('spreads a map over what looks alike, and not beyond', () => {
    const [{ data }] = randomWalk([mapOf((x, y) => Number(x === 1 && y === 3))], halves, 40);
    data.forEach((value, i) => {
      if (i % width < 4) expect(value).toBeGreaterThan(0.02);
      else expect(value).toBe(0);
    });
  });

  it('steps as the formula says', () => {
    const { data } = random;
    const mean = [0, 1, 2].map((c) => data.reduce((sum, v, i) => sum + (i % 3 === c ? v : 0), 0) / (width * height));
    const row = (i: number): number[] => mean.map((m, c) => data[i * 3 + c] - m);
    const affinity = (i: number, j: number): number => {
      if (Math.hypot((i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)) >= 5) return 0;
      const [a, b] = [row(i), row(j)];
      const cosine = a.reduce((sum, v, c) => sum + v * b[c], 0) / Math.hypot(...a) / Math.hypot(...b);
      return Math.max(0, cosine) ** 8;
    };
    const [stepped] = randomWalk([randomMap], random, 1);
    stepped.data.forEach((value, i) => {
      const weights = Array.from(randomMap.data, (_, j) => affinity(i, j));
      const sum = weights.reduce((total, weight) => total + weight);
      expect(value).toBeCloseTo(weights.reduce((total, w, j) => total + w * randomMap.data[j], 0) / sum, 5);
    });
  });

  it('leaves a map alone without steps, where it is flat, and where nothing is to be seen', () => {
    expect(randomWalk([randomMap], random, 0)[0]).toEqual(randomMap);
    for (const value of randomWalk([mapOf(() => 0.5)], random, 10)[0].data) expect(value).toBeCloseTo(0.5, 5);
    const blank = featuresOf(() => [2, 2, 2]);
    expect(randomWalk([randomMap], blank, 3)[0]).toEqual(randomMap);
  });
});
