import { latticeFilter } from './filter.js';
import type { Lattice } from './lattice.js';

/** A pairwise potential of Potts form: unlike labels of two points cost `compat` times their kernel. */
export interface PairwiseTerm {
  /** Normalised, over the points of the unary energies. */
  kernel: Lattice;
  compat: number;
}

/** Adding and taking it away rounds a small float64 to the nearest integer. */
const ROUNDER = 1.5 * 2 ** 52;

/** float64 [64]: 2^-n. */
const POWERS = Float64Array.from({ length: 64 }, (_, n) => 2 ** -n);

/** exp below which a term is lost in a float32 sum that holds a 1. */
const NEGLIGIBLE = -40;

/** exp(x) of x <= 0 to eight digits, in a fraction of the time of Math.exp; what is negligible is 0. */
function expNegative(x: number): number {
  if (x < NEGLIGIBLE) return 0;
  const n = x * Math.LOG2E + ROUNDER - ROUNDER;
  const r = x - n * Math.LN2;
  const tail = 1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040)));
  return POWERS[-n] * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * tail))));
}

/** In place: each row of `labels` numbers becomes a distribution that is proportional to exp of them. */
function softmaxRows(rows: Float32Array, labels: number): void {
  for (let from = 0; from < rows.length; from += labels) {
    let largest = rows[from];
    for (let k = 1; k < labels; k++) if (rows[from + k] > largest) largest = rows[from + k];
    let sum = 0;
    for (let k = 0; k < labels; k++) {
      const value = expNegative(rows[from + k] - largest);
      rows[from + k] = value;
      sum += value;
    }
    const inverse = 1 / sum;
    for (let k = 0; k < labels; k++) rows[from + k] *= inverse;
  }
}

/**
 * Marginals of a fully connected CRF after `iterations` of mean field, float32 [points, labels], from unary energies U,
 * float32 [points, labels]:
 *
 *     Q = softmax(-U), then repeatedly Q = softmax(-U + Σ_m compat_m N_m K_m N_m Q)
 *
 * A point's own share in its sums stays in, as in the authors' library. Krähenbühl and Koltun, "Efficient Inference in
 * Fully Connected CRFs with Gaussian Edge Potentials", NIPS 2011.
 */
export function meanField(
  unary: Float32Array,
  labels: number,
  terms: readonly PairwiseTerm[],
  iterations: number,
): Float32Array {
  const negated = unary.map((energy) => -energy);
  const filters = terms.map(({ kernel, compat }) => ({ filter: latticeFilter(kernel, labels), compat }));
  let marginals = negated.slice();
  let next = new Float32Array(negated.length);
  softmaxRows(marginals, labels);
  for (let iteration = 0; iteration < iterations; iteration++) {
    next.set(negated);
    for (const { filter, compat } of filters) filter(marginals, compat, next);
    softmaxRows(next, labels);
    [marginals, next] = [next, marginals];
  }
  return marginals;
}
