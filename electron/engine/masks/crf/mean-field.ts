import { Arena } from './arena.js';
import { LatticeFilter, rowBytes } from './filter.js';
import type { Lattice } from './lattice.js';
import { stepsIn } from './steps.js';

/** A pairwise potential of Potts form: unlike labels of two points cost `compat` times their kernel, normalised. */
export interface PairwiseTerm {
  /** The kernel over the points of the unary energies; built when its turn comes, so that one at a time is held twice. */
  kernel: () => Lattice;
  compat: number;
}

/** The first `labels` numbers of each row of `padded`. */
function unpadded(rows: Float32Array, labels: number, padded: number): Float32Array {
  const kept = new Float32Array((rows.length / padded) * labels);
  for (let at = 0, row = 0; at < kept.length; row += padded) {
    for (let k = 0; k < labels; k++) kept[at++] = rows[row + k];
  }
  return kept;
}

/**
 * Marginals of a fully connected CRF after `iterations` of mean field, float32 [points, labels], from unary energies U,
 * float32 [points, labels]:
 *
 *     Q = softmax(-U), then repeatedly Q = softmax(-U + Σ_m compat_m N_m K_m N_m Q)
 *
 * A point's own share in its sums stays in, as in the authors' library. Krähenbühl and Koltun, "Efficient Inference in
 * Fully Connected CRFs with Gaussian Edge Potentials", NIPS 2011.
 * @throws StudioError `size-mismatch` where it would need more than 4 GB
 */
export function meanField(
  unary: Float32Array,
  labels: number,
  terms: readonly PairwiseTerm[],
  iterations: number,
): Float32Array {
  const points = unary.length / labels;
  const width = rowBytes(labels);
  const padded = width / 4;
  const arena = new Arena();
  const steps = stepsIn(arena.memory);
  const negatedAt = arena.take(points * padded);
  const marginalsAt = arena.take(points * padded);
  const filters = terms.map(({ kernel, compat }) => {
    const filter = new LatticeFilter(arena, steps, kernel(), width);
    filter.normalise(marginalsAt);
    return { filter, compat };
  });

  // What fills a row up is a label that is never likely.
  const negated = arena.floats(negatedAt, points * padded).fill(-Infinity);
  for (let at = 0, row = 0; at < unary.length; row += padded) {
    for (let k = 0; k < labels; k++) negated[row + k] = -unary[at++];
  }
  const marginals = arena.floats(marginalsAt, points * padded);
  marginals.set(negated);
  steps.softmax(points, marginalsAt, width);
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (const { filter } of filters) filter.spread(marginalsAt);
    // Spread, they are not needed any more: the next ones take their place.
    marginals.set(negated);
    for (const { filter, compat } of filters) filter.gather(marginalsAt, compat);
    steps.softmax(points, marginalsAt, width);
  }
  return unpadded(marginals, labels, padded);
}
