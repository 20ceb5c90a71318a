import type { Lattice } from '../../electron/engine/masks/crf/lattice.js';

/** Splat, blur and slice of float32 [points, channels] as the paper has them, one number at a time, in float64. */
function filtered(
  { dimensions, vertices, corners, weights, neighbours }: Lattice,
  values: number[],
  n: number,
): number[] {
  const size = dimensions + 1;
  let table = new Array<number>((vertices + 1) * n).fill(0);
  corners.forEach((vertex, c) => {
    for (let k = 0; k < n; k++) table[vertex * n + k] += weights[c] * values[Math.floor(c / size) * n + k];
  });
  for (let direction = 0; direction < size; direction++) {
    const from = table;
    table = from.map((own, at) => {
      const vertex = Math.floor(at / n);
      if (vertex === 0) return 0;
      const [below, above] = [0, 1].map((side) => neighbours[(direction * vertices + vertex - 1) * 2 + side]);
      return own + (from[below * n + (at % n)] + from[above * n + (at % n)]) / 2;
    });
  }
  const sums = values.map(() => 0);
  corners.forEach((vertex, c) => {
    for (let k = 0; k < n; k++) sums[Math.floor(c / size) * n + k] += weights[c] * table[vertex * n + k];
  });
  return sums.map((sum) => sum / (1 + 2 ** -dimensions));
}

/** N K N of float32 [points, channels], N = diag(1 / sqrt(K 1)). */
export function plainFilter(lattice: Lattice, values: number[], channels: number): number[] {
  const norms = filtered(lattice, new Array<number>(lattice.points).fill(1), 1).map((sum) => 1 / Math.sqrt(sum));
  const times = (rows: number[]): number[] => rows.map((value, at) => value * norms[Math.floor(at / channels)]);
  return times(filtered(lattice, times(values), channels));
}

function softmax(rows: number[], labels: number): number[] {
  return rows.flatMap((_, from) => {
    if (from % labels !== 0) return [];
    const row = rows.slice(from, from + labels);
    const powers = row.map((value) => Math.exp(value - Math.max(...row)));
    const sum = powers.reduce((total, power) => total + power);
    return powers.map((power) => power / sum);
  });
}

/** What `meanField` computes, without regard to time and memory. */
export function plainMeanField(
  unary: Float32Array,
  labels: number,
  terms: readonly { kernel: Lattice; compat: number }[],
  iterations: number,
): number[] {
  const negated = Array.from(unary, (energy) => -energy);
  let marginals = softmax(negated, labels);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const messages = terms.map(({ kernel, compat }) =>
      plainFilter(kernel, marginals, labels).map((value) => compat * value),
    );
    marginals = softmax(
      negated.map((value, at) => messages.reduce((sum, message) => sum + message[at], value)),
      labels,
    );
  }
  return marginals;
}
