import { likeness, secondNeighbours, type ColourScales } from './background.js';
import type { RegionGraph } from './region-graph.js';

/** Weight of the background term beside the foreground and the smoothness terms. */
const BACKGROUND_WEIGHT = 5;
/** Smoothness between neighbours of any colour: keeps regions that resemble nobody from standing alone. */
const LEAST_SMOOTHNESS = 0.1;

/**
 * The saliency s of each region that minimises
 * 5 sum_i background_i s_i^2 + sum_i foreground_i (s_i - 1)^2 + sum_ij w_ij (s_i - s_j)^2
 * (Zhu et al., CVPR 2014, section 4), w the likeness of regions that touch, share a neighbour or lie both at the edge.
 */
export function optimiseSaliency(
  graph: RegionGraph,
  scales: ColourScales,
  background: Float64Array,
  foreground: Float64Array,
  linked = secondNeighbours(graph),
): Float64Array {
  const { count, atEdge, colourDistance } = graph;
  const system = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const i = a * count + b;
      if (!linked[i] && !(atEdge[a] && atEdge[b])) continue;
      const weight = likeness(colourDistance[i], scales.neighbour) + LEAST_SMOOTHNESS;
      system[i] = system[b * count + a] = -weight;
      system[a * count + a] += weight;
      system[b * count + b] += weight;
    }
  }
  for (let a = 0; a < count; a++) system[a * count + a] += BACKGROUND_WEIGHT * background[a] + foreground[a];
  return solvePositive(system, foreground);
}

/**
 * Solves A x = b by Cholesky's decomposition; A symmetric, positive definite, row-major. Where a pivot vanishes (nothing
 * says anything about that unknown) its x is 0.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const lower = new Float64Array(n * n);
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i === j) lower[i * n + i] = Math.sqrt(Math.max(0, sum));
      else lower[i * n + j] = lower[j * n + j] > 0 ? sum / lower[j * n + j] : 0;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] = lower[i * n + i] > 0 ? x[i] / lower[i * n + i] : 0;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] = lower[i * n + i] > 0 ? x[i] / lower[i * n + i] : 0;
  }
  return x;
}
