import { describe, expect, it } from 'vitest';
import {
  denseCrf,
  unaryFromLabels,
  unaryFromProbabilities,
  type CrfParameters,
} from '../../electron/engine/masks/crf/index.js';
import type { RgbImage } from '../../shared/types.js';
import { goldenAvailable, readGolden, readGoldenJson, type GoldenCase } from '../support/golden.js';

interface CrfNumbers {
  parameter_sets: Record<string, CrfParameters & { unary: string }>;
  suggested_tolerance: { same_lattice_algorithm: { mean_abs: number; max_abs: number; argmax_agreement: number } };
}

/** [labels, points] to [points, labels]. */
function pointsFirst(data: Float32Array, labels: number): Float32Array {
  const points = data.length / labels;
  return data.map((_, at) => data[(at % labels) * points + Math.floor(at / labels)]);
}

function photoOf(golden: GoldenCase): RgbImage {
  const { shape, data } = golden.bytes('rgb');
  return { width: shape[1], height: shape[0], data };
}

const argmax = (row: Float32Array): number => row.indexOf(Math.max(...row));

/** Fails beyond the tolerance that the golden folder states for the same approximation. */
function expectClose(actual: Float32Array, expected: Float32Array, labels: number, map: Uint8Array): void {
  const tolerance = readGoldenJson<CrfNumbers>('dense_crf').suggested_tolerance.same_lattice_algorithm;
  const errors = pointsFirst(expected, labels).map((value, at) => Math.abs(actual[at] - value));
  const agree = map.filter((label, at) => argmax(actual.subarray(at * labels, (at + 1) * labels)) === label).length;
  expect(actual.length).toBe(expected.length);
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(tolerance.mean_abs);
  expect(errors.reduce((most, error) => Math.max(most, error), 0)).toBeLessThan(tolerance.max_abs);
  expect(agree / map.length).toBeGreaterThanOrEqual(tolerance.argmax_agreement);
}

describe.skipIf(!goldenAvailable)('the dense CRF (needs the golden numbers)', () => {
  const sets = goldenAvailable ? readGoldenJson<CrfNumbers>('dense_crf').parameter_sets : {};
  const cases = ['d0165', 'd0365'].flatMap((name) => Object.keys(sets).map((set) => [name, set] as const));

  it.each(cases)('%s: computes the marginals of the library with %s', (name, set) => {
    const golden = readGolden(`dense_crf__${name}`);
    const { shape, data } = golden.float('prob');
    const [labels] = shape;
    const { unary: kind, ...parameters } = sets[set];
    const clip = Number(/clipped below at (\S+)/.exec(kind)?.[1]);
    const channels = Array.from({ length: labels }, (_, channel) => channel);
    const unary = clip
      ? unaryFromProbabilities(pointsFirst(data, labels), clip)
      : unaryFromLabels(golden.bytes('irn_labels').data, channels, 0.7);
    const marginals = denseCrf(unary, labels, photoOf(golden), parameters);
    expectClose(marginals, golden.float(`Q_${set}`).data, labels, golden.bytes(`argmax_${set}`).data);
  });

  it('computes what the published segmentation test does with 21 labels', () => {
    const golden = readGolden('dense_crf__official_21');
    const scores = pointsFirst(golden.float('pred').data, 21);
    for (let at = 0; at < scores.length; at += 21) {
      const row = scores.subarray(at, at + 21);
      const sum = row.reduce((total, score) => total + score, 0);
      row.forEach((score, k) => (row[k] = score / sum));
    }
    const unary = unaryFromProbabilities(scores, 1e-4);
    // It reads photos with OpenCV, so colours come in the order blue, green, red; the lattice is not symmetric in them.
    const { data, ...size } = photoOf(golden);
    const reversed = data.map((_, at) => data[at + 2 - 2 * (at % 3)]);
    const marginals = denseCrf(unary, 21, { ...size, data: reversed }, sets.mcis_official_c1);
    expectClose(marginals, golden.float('Q').data, 21, golden.bytes('argmax').data);
  });
});
