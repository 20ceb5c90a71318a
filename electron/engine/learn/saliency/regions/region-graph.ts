import type { Segmentation } from '../../../../../shared/superpixels/slic.js';

/** Regions of a photo and how they relate; matrices are row-major [count, count]. */
export interface RegionGraph {
  count: number;
  /** 1 where two different regions touch. */
  adjacent: Uint8Array;
  /** 1 for regions that touch the photo's edge. */
  atEdge: Uint8Array;
  /** Euclidean distance of mean Lab colours. */
  colourDistance: Float64Array;
  /** Euclidean distance of mean positions, each side of the photo taken as 1. */
  positionDistance: Float64Array;
}

/** Sums up a segmentation. `lab`: float32 [height, width, 3]. */
export function regionGraph(lab: Float32Array, { width, height, labels, count }: Segmentation): RegionGraph {
  const colour = new Float64Array(count * 3);
  const position = new Float64Array(count * 2);
  const size = new Uint32Array(count);
  const adjacent = new Uint8Array(count * count);
  const atEdge = new Uint8Array(count);
  const touch = (a: number, b: number): void => {
    if (a !== b) adjacent[a * count + b] = adjacent[b * count + a] = 1;
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const region = labels[i];
      size[region]++;
      for (let c = 0; c < 3; c++) colour[region * 3 + c] += lab[i * 3 + c];
      position[region * 2] += x / width;
      position[region * 2 + 1] += y / height;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) atEdge[region] = 1;
      if (x > 0) touch(region, labels[i - 1]);
      if (y > 0) touch(region, labels[i - width]);
      if (x > 0 && y > 0) touch(region, labels[i - width - 1]);
      if (x < width - 1 && y > 0) touch(region, labels[i - width + 1]);
    }
  }
  for (let i = 0; i < colour.length; i++) colour[i] /= size[Math.floor(i / 3)];
  for (let i = 0; i < position.length; i++) position[i] /= size[i >> 1];
  const [colourDistance, positionDistance] = [distances(colour, 3, count), distances(position, 2, count)];
  return { count, adjacent, atEdge, colourDistance, positionDistance };
}

/** Euclidean distances of all pairs of `count` points. */
function distances(points: Float64Array, dimensions: number, count: number): Float64Array {
  const matrix = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += (points[a * dimensions + d] - points[b * dimensions + d]) ** 2;
      matrix[a * count + b] = matrix[b * count + a] = Math.sqrt(sum);
    }
  }
  return matrix;
}

/** Lengths of the shortest ways between all pairs (Floyd and Warshall); `edges` has Infinity where there is no edge. */
export function shortestPaths(edges: Float64Array, count: number): Float64Array {
  const paths = edges.slice();
  for (let i = 0; i < count; i++) paths[i * count + i] = 0;
  for (let via = 0; via < count; via++) {
    const onward = paths.subarray(via * count, (via + 1) * count);
    for (let a = 0; a < count; a++) {
      const row = a * count;
      const first = paths[row + via];
      if (first === Infinity) continue;
      for (let b = 0; b < count; b++) {
        const length = first + onward[b];
        if (length < paths[row + b]) paths[row + b] = length;
      }
    }
  }
  return paths;
}
