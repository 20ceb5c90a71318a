import { shortestPaths, type RegionGraph } from './region-graph.js';

/**
 * Robust background detection (Zhu, Liang, Wei and Sun, "Saliency Optimization from Robust Background Detection", CVPR
 * 2014): background is what reaches the photo's edge at length, measured against its own extent.
 */

/** Colour scales of one photo, in Lab units, from how much its neighbouring regions differ. */
export interface ColourScales {
  /** Differences up to this are noise: they cost nothing on a way through the photo. */
  ignored: number;
  /** Standard deviation that turns the length of a way into a likeness. */
  geodesic: number;
  /** Standard deviation that turns the difference of neighbours into a likeness. */
  neighbour: number;
}

/** The authors' bounds of the two standard deviations, in Lab units. */
const GEODESIC_RANGE = [5, 10] as const;
const NEIGHBOUR_MAX = 20;
/** Share of all differences that count as the photo's largest. */
const TOP_SHARE = 0.01;

/** Regions that touch, or have a common neighbour. */
export function secondNeighbours({ count, adjacent }: RegionGraph): Uint8Array {
  const reached = adjacent.slice();
  for (let a = 0; a < count; a++) {
    for (let via = 0; via < count; via++) {
      if (!adjacent[a * count + via]) continue;
      for (let b = 0; b < count; b++) if (b !== a && adjacent[via * count + b]) reached[a * count + b] = 1;
    }
  }
  return reached;
}

/** Mean over regions of the smallest difference to one of their neighbours. */
function meanSmallest({ count, colourDistance }: RegionGraph, neighbours: Uint8Array): number {
  let [sum, regions] = [0, 0];
  for (let a = 0; a < count; a++) {
    let least = Infinity;
    for (let i = a * count; i < (a + 1) * count; i++) if (neighbours[i]) least = Math.min(least, colourDistance[i]);
    if (least < Infinity) [sum, regions] = [sum + least, regions + 1];
  }
  return regions > 0 ? sum / regions : 0;
}

export function colourScales(graph: RegionGraph, secondRing: Uint8Array): ColourScales {
  const smallest = meanSmallest(graph, graph.adjacent);
  const sorted = graph.colourDistance.toSorted();
  const top = sorted.subarray(Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - TOP_SHARE))));
  const largest = top.reduce((sum, value) => sum + value, 0) / top.length;
  const [low, high] = GEODESIC_RANGE;
  return {
    ignored: meanSmallest(graph, secondRing),
    geodesic: Math.max(low, Math.min(high, smallest * 3, largest / 10)),
    neighbour: Math.min(3 * smallest, NEIGHBOUR_MAX),
  };
}

/** exp(-d^2 / (2 sigma^2)); where sigma is 0, 1 for equal and 0 for all else. */
export const likeness = (distance: number, sigma: number): number =>
  distance === 0 ? 1 : sigma === 0 ? 0 : Math.exp(-(distance * distance) / (2 * sigma * sigma));

/**
 * How firmly each region hangs on the photo's edge: the length of its soft component along the edge over the root of the
 * component's area, a component being all regions weighted by likeness. Around 0 for things in the middle, > 1 for most
 * of the background. Regions at the edge count as touching each other, so that one background cut up by things is one.
 */
export function boundaryConnectivity(graph: RegionGraph, { ignored, geodesic }: ColourScales): Float64Array {
  const { count, adjacent, atEdge, colourDistance } = graph;
  const edges = Float64Array.from(colourDistance, (distance, i) => {
    const linked = adjacent[i] || (atEdge[Math.floor(i / count)] && atEdge[i % count]);
    return linked ? Math.max(0, distance - ignored) : Infinity;
  });
  const paths = shortestPaths(edges, count);
  return Float64Array.from({ length: count }, (_, a) => {
    let [edge, area] = [0, 0];
    for (let b = 0; b < count; b++) {
      const weight = likeness(paths[a * count + b], geodesic);
      area += weight;
      if (atEdge[b]) edge += weight;
    }
    return edge / Math.sqrt(area);
  });
}

/** How far positions may lie apart and still be compared, in sides of the photo. */
const CONTRAST_REACH = 0.4;

/**
 * Contrast of each region to the background around it: sum of colour differences, weighted by nearness and by how surely
 * the other is background. Scaled to 0..1; values below Otsu's threshold become 0.
 */
export function backgroundContrast(graph: RegionGraph, background: Float64Array): Float64Array {
  const { count, colourDistance, positionDistance } = graph;
  const contrast = Float64Array.from({ length: count }, (_, a) => {
    let sum = 0;
    for (let b = 0; b < count; b++) {
      const i = a * count + b;
      sum += colourDistance[i] * likeness(positionDistance[i], CONTRAST_REACH) * background[b];
    }
    return sum;
  });
  const scaled = stretch(contrast);
  const threshold = otsu(scaled);
  return scaled.map((value) => (value < threshold ? 0 : value));
}

/** From lowest to highest over 0..1; even values give zeros. */
export function stretch(values: Float64Array): Float64Array {
  const [low, high] = values.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [Infinity, -Infinity]);
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
}

const BINS = 256;

/** The threshold in 0..1 that parts values of 0..1 into two groups with the greatest variance between them (Otsu 1979). */
export function otsu(values: Float64Array): number {
  const histogram = new Float64Array(BINS);
  for (const value of values) histogram[Math.round(value * (BINS - 1))] += 1 / values.length;
  const mean = histogram.reduce((sum, share, bin) => sum + share * bin, 0);
  let [share, moment, best, threshold] = [0, 0, -1, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    share += histogram[bin];
    moment += histogram[bin] * bin;
    const spread = share * (1 - share);
    const between = spread > 0 ? (mean * share - moment) ** 2 / spread : 0;
    if (between > best) [best, threshold] = [between, bin];
  }
  return threshold / (BINS - 1);
}
