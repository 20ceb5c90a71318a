import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseCrf, unaryFromLabels, type CrfParameters } from '../../../../../../electron/engine/masks/crf/index.js';
import { bilateralKernel, gaussianKernel } from '../../../../../../electron/engine/masks/crf/kernels.js';
import { randomSource } from '../../../../../../electron/engine/project/sample/random.js';
import { plainMeanField } from '../../../../../support/plain-crf.js';

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

/** Of a probability: float32 sums of some hundred terms, and the mean field doubles what they are off. */
const TOLERANCE = 2e-5;

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

  it('computes what the plain formula does, to the last digits of float32 (seed 20)', () => {
    const problems = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 9 }),
      labels: fc.integer({ min: 2, max: 22 }),
      iterations: fc.integer({ min: 0, max: 4 }),
      spread: fc.integer({ min: 0, max: 60 }),
      reach: fc.integer({ min: 2, max: 40 }),
    });
    fc.assert(
      fc.property(problems, ({ width, height, labels, iterations, spread, reach }) => {
        const picture = photo(width, height);
        const energies = numbers(width * height * labels, spread);
        const bilateral = { sxy: reach, srgb: 20, compat: 4 };
        const marginals = denseCrf(energies, labels, picture, { iterations, gaussian: parameters.gaussian, bilateral });
        const terms = [
          { kernel: gaussianKernel(picture, 3), compat: 3 },
          { kernel: bilateralKernel(picture, reach, 20), compat: 4 },
        ];
        const plain = plainMeanField(energies, labels, terms, iterations);
        plain.forEach((value, at) => expect(Math.abs(marginals[at] - value)).toBeLessThan(TOLERANCE));
      }),
      { seed: 20, numRuns: 40 },
    );
  });
});
