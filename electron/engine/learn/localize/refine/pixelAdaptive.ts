import type { FloatMap, RgbImage } from '../../../../../shared/types.js';

/** Distances of the eight neighbours that a pixel is averaged with, px (Araslanov and Roth's released setting). */
const DISTANCES = [1, 2, 4, 8, 12, 24];

/** Share of the local spread of colours at which two pixels count as alike (released setting). */
const SPREAD_SHARE = 0.1;

/** Keeps a patch of one colour from dividing by zero. */
const SPREAD_EPSILON = 1e-8;

const directions = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));

/** Offsets of a pixel's neighbours: eight directions at every distance, the pixel itself not among them. */
const offsets = DISTANCES.flatMap((distance) =>
  directions.filter(([dx, dy]) => dx !== 0 || dy !== 0).map(([dx, dy]) => [dx * distance, dy * distance] as const),
);

/** What a pixel takes from each neighbour. */
interface Neighbourhood {
  /** int32 [offsets, H*W]: position of the neighbour; beyond the border the border pixel repeats. */
  positions: Int32Array;
  /** float32 [offsets, H*W]: not negative, summing to 1 over the offsets of a pixel. */
  weights: Float32Array;
}

const clamp = (value: number, end: number): number => Math.min(end - 1, Math.max(0, value));

function neighbourPositions(width: number, height: number): Int32Array {
  const count = width * height;
  const positions = new Int32Array(offsets.length * count);
  offsets.forEach(([dx, dy], n) => {
    for (let y = 0, i = n * count; y < height; y++) {
      const row = clamp(y + dy, height) * width;
      for (let x = 0; x < width; x++, i++) positions[i] = row + clamp(x + dx, width);
    }
  });
  return positions;
}

/** Adds |I_i - I_j| / spread_i of one colour channel to the distance of every neighbour pair. */
function addChannel(distances: Float32Array, positions: Int32Array, colours: Uint8Array, channel: number): void {
  const count = colours.length / 3;
  const size = positions.length / count;
  const spread = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let [sum, squares] = [0, 0];
    for (let n = i; n < positions.length; n += count) {
      const value = colours[positions[n] * 3 + channel];
      sum += value;
      squares += value * value;
    }
    // Unbiased, as the released code takes it.
    const variance = Math.max(0, squares - (sum * sum) / size) / (size - 1);
    spread[i] = SPREAD_SHARE * Math.sqrt(variance) + SPREAD_EPSILON * 255;
  }
  for (let n = 0; n < positions.length;) {
    for (let i = 0; i < count; i++, n++) {
      distances[n] += Math.abs(colours[i * 3 + channel] - colours[positions[n] * 3 + channel]) / spread[i] / 3;
    }
  }
}

/** Softmax over the neighbours of minus their distance, in place. */
function softmaxOverNeighbours(distances: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    let nearest = Infinity;
    for (let n = i; n < distances.length; n += count) nearest = Math.min(nearest, distances[n]);
    let sum = 0;
    for (let n = i; n < distances.length; n += count) sum += distances[n] = Math.exp(nearest - distances[n]);
    for (let n = i; n < distances.length; n += count) distances[n] /= sum;
  }
}

function neighbourhoodOf({ width, height, data }: RgbImage): Neighbourhood {
  const positions = neighbourPositions(width, height);
  const weights = new Float32Array(positions.length);
  for (let channel = 0; channel < 3; channel++) addChannel(weights, positions, data, channel);
  softmaxOverNeighbours(weights, width * height);
  return { positions, weights };
}

/**
 * Pixel-adaptive refinement of maps (Araslanov and Roth, "Single-Stage Semantic Segmentation from Image Labels", CVPR
 * 2020, section 3.4): every pixel becomes the mean of its neighbours, weighted by how alike their colours are; repeated.
 *
 * `m_i <- sum over j of a_ij m_j`, `a_i = softmax over j of -(1/3) sum over colours of |I_i - I_j| / (0.1 s_i)`, where `j`
 * goes over the eight neighbours at distances 1, 2, 4, 8, 12 and 24 px, and `s_i` is the standard deviation of the
 * neighbours' colours.
 *
 * @param maps of the photo's size, any range; means do not leave it
 * @param photo uint8 RGB; a map that is refined beside a photo reduced to some 150 px spreads over its objects
 * @param iterations how often; 0 gives copies
 */
export function pixelAdaptive(maps: readonly FloatMap[], photo: RgbImage, iterations: number): FloatMap[] {
  const { positions, weights } = neighbourhoodOf(photo);
  const { width, height } = photo;
  const count = width * height;
  return maps.map(({ data }) => {
    let current: Float32Array = Float32Array.from(data);
    for (let round = 0; round < iterations; round++) {
      const next = new Float32Array(count);
      for (let n = 0; n < positions.length;) {
        for (let i = 0; i < count; i++, n++) next[i] += weights[n] * current[positions[n]];
      }
      current = next;
    }
    return { width, height, data: current };
  });
}
