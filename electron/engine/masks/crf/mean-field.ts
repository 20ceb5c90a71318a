import { latticeFilter } from './filter.js';
import type { Lattice } from './lattice.js';

/** A pairwise potential of Potts form: unlike labels of two points cost `compat` times their kernel. */
export interface PairwiseTerm {
  /** Normalised, over the points of the unary energies. */
  kernel: Lattice;
  compat: number;
}

/** In place: each row of `labels` numbers becomes a distribution that is proportional to exp of them. */
function softmaxRows(rows: Float32Array, labels: number): void {
  for (let from = 0; from < rows.length; from += labels) {
    let largest = rows[from];
    for (let k = 1; k < labels; k++) if (rows[from + k] > largest) largest = rows[from + k];
    let sum = 0;
    for (let k = 0; k < labels; k++) sum += rows[from + k] = Math.exp(rows[from + k] - largest);
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
