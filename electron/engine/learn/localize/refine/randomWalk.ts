import type { FloatMap } from '../../../../../shared/types.js';

/** What the net makes of an image: float32 [height, width, channels]. */
export interface FeatureMap {
  width: number;
  height: number;
  channels: number;
  data: Float32Array;
}

/** Positions farther apart have no affinity (PSA's radius). */
const RADIUS = 5;

/** Power of affinities, so that the unlike count for little (PSA's beta). */
const BETA = 8;

const side = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => i - RADIUS);

const offsets = side.flatMap((dy) => side.map((dx) => [dx, dy])).filter(([dx, dy]) => Math.hypot(dx, dy) < RADIUS);

/** Rows less their mean, of unit length: products of two are the cosines of centred features. */
function unitRows({ width, height, channels, data }: FeatureMap): Float32Array {
  const count = width * height;
  const mean = new Float32Array(channels);
  for (let i = 0; i < data.length; i++) mean[i % channels] += data[i] / count;
  const rows = data.map((value, i) => value - mean[i % channels]);
  for (let from = 0; from < rows.length; from += channels) {
    const row = rows.subarray(from, from + channels);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, c) => (row[c] = value / length));
  }
  return rows;
}

/** Where a walk goes from each position: neighbours and probabilities, [positions, offsets]; -1 outside the image. */
function stepsOf(features: FeatureMap): { to: Int32Array; chance: Float32Array } {
  const { width, height, channels } = features;
  const rows = unitRows(features);
  const to = new Int32Array(width * height * offsets.length).fill(-1);
  const chance = new Float32Array(to.length);
  for (let own = 0, at = 0; own < width * height; own++) {
    const [x, y, first] = [own % width, Math.floor(own / width), at];
    let sum = 0;
    for (const [dx, dy] of offsets) {
      if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) {
        const other = own + dy * width + dx;
        let cosine = 0;
        for (let c = 0; c < channels; c++) cosine += rows[own * channels + c] * rows[other * channels + c];
        to[at] = other;
        // A position without features, whose row is zero, stays where it is.
        chance[at] = other === own ? 1 : Math.max(0, cosine) ** BETA;
        sum += chance[at];
      }
      at++;
    }
    for (let i = first; i < at; i++) chance[i] /= sum;
  }
  return { to, chance };
}

/**
 * Spreads maps over what looks alike to the net: `m <- T m`, repeated, with `T_ij` proportional to
 * `max(0, cos(x_i, x_j))^8` for positions nearer than 5 and rows that sum to 1. The walk is that of PSA (Ahn and Kwak,
 * "Learning Pixel-level Semantic Affinity", CVPR 2018, section 3.3); its affinities are learnt, these are cosines of the
 * classifier's features less their mean over the image.
 *
 * @param maps of the features' size, any range; means do not leave it
 * @param iterations steps of the walk; 0 gives copies
 */
export function randomWalk(maps: readonly FloatMap[], features: FeatureMap, iterations: number): FloatMap[] {
  const { to, chance } = stepsOf(features);
  return maps.map(({ width, height, data }) => {
    let current = Float32Array.from(data);
    for (let step = 0; step < iterations; step++) {
      current = current.map((_, own) => {
        let sum = 0;
        for (let at = own * offsets.length; at < (own + 1) * offsets.length; at++) {
          if (to[at] >= 0) sum += chance[at] * current[to[at]];
        }
        return sum;
      });
    }
    return { width, height, data: current };
  });
}
