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

/** An image with its border repeated around it, so that a neighbour always lies a fixed step away. */
interface Frame {
  /** Width and height of the image itself. */
  width: number;
  height: number;
  /** Pixels from one row of the frame to the next. */
  stride: number;
  /** float32: the image, and around it rows and columns as far as the farthest neighbour. */
  data: Float32Array;
}

const MARGIN = Math.max(...DISTANCES);

const emptyFrame = (width: number, height: number): Frame => {
  const stride = width + 2 * MARGIN;
  return { width, height, stride, data: new Float32Array(stride * (height + 2 * MARGIN)) };
};

/** Where a row of the image begins in its frame. */
const rowStart = ({ stride }: Frame, y: number): number => (y + MARGIN) * stride + MARGIN;

/** Writes every pixel of the image and repeats the border around it. */
function fill(frame: Frame, valueAt: (pixel: number) => number): void {
  const { width, height, stride, data } = frame;
  for (let y = 0, pixel = 0; y < height; y++) {
    const start = rowStart(frame, y);
    for (let x = 0; x < width; x++, pixel++) data[start + x] = valueAt(pixel);
    data.fill(data[start], start - MARGIN, start);
    data.fill(data[start + width - 1], start + width, start + width + MARGIN);
  }
  const [first, last] = [MARGIN * stride, (MARGIN + height - 1) * stride];
  for (let y = 0; y < MARGIN; y++) {
    data.copyWithin(y * stride, first, first + stride);
    data.copyWithin((MARGIN + height + y) * stride, last, last + stride);
  }
}

/** Adds |I_i - I_j| / (3 * 0.1 s_i) of one colour channel to the distance of every pixel to every neighbour. */
function addChannel(distances: Float32Array, frame: Frame): void {
  const { width, height, stride, data } = frame;
  const count = width * height;
  const steps = offsets.map(([dx, dy]) => dy * stride + dx);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0, at = rowStart(frame, y); x < width; x++, at++, pixel++) {
      let [sum, squares] = [0, 0];
      for (const step of steps) {
        const value = data[at + step];
        sum += value;
        squares += value * value;
      }
      // Unbiased, as the released code takes it.
      const variance = Math.max(0, squares - (sum * sum) / steps.length) / (steps.length - 1);
      const share = 1 / (3 * (SPREAD_SHARE * Math.sqrt(variance) + SPREAD_EPSILON * 255));
      const own = data[at];
      for (let n = 0, to = pixel; n < steps.length; n++, to += count) {
        distances[to] += Math.abs(own - data[at + steps[n]]) * share;
      }
    }
  }
}

/** Softmax over the neighbours of minus their distance, in place; a row of `count` numbers is one neighbour. */
function softmaxOverNeighbours(distances: Float32Array, count: number): void {
  const nearest = new Float32Array(count).fill(Infinity);
  const sums = new Float32Array(count);
  // A row at a time: the numbers of one pixel are spread over all the memory.
  for (let n = 0; n < distances.length;) {
    for (let i = 0; i < count; i++, n++) if (distances[n] < nearest[i]) nearest[i] = distances[n];
  }
  for (let n = 0; n < distances.length;) {
    for (let i = 0; i < count; i++, n++) sums[i] += distances[n] = Math.exp(nearest[i] - distances[n]);
  }
  for (let n = 0; n < distances.length;) for (let i = 0; i < count; i++, n++) distances[n] /= sums[i];
}

/** What each pixel takes from each neighbour, float32 [offsets, H*W]: not negative, summing to 1 over the offsets. */
function weightsOf({ width, height, data }: RgbImage): Float32Array {
  const count = width * height;
  const weights = new Float32Array(offsets.length * count);
  const frame = emptyFrame(width, height);
  for (let channel = 0; channel < 3; channel++) {
    fill(frame, (pixel) => data[pixel * 3 + channel]);
    addChannel(weights, frame);
  }
  softmaxOverNeighbours(weights, count);
  return weights;
}

/**
 * One round: every pixel of the framed map becomes the weighted mean of its neighbours, float32 [H*W]. Four neighbours at
 * a time, so that a sum is read and written once for four of them.
 */
function average(frame: Frame, weights: Float32Array): Float32Array {
  const { width, height, stride, data } = frame;
  const count = width * height;
  const next = new Float32Array(count);
  const steps = offsets.map(([dx, dy]) => dy * stride + dx);
  for (let n = 0; n < steps.length; n += 4) {
    const [a, b, c, d] = steps.slice(n, n + 4);
    for (let y = 0, pixel = 0, w = n * count; y < height; y++) {
      for (let at = rowStart(frame, y), end = at + width; at < end; at++, pixel++, w++) {
        next[pixel] +=
          weights[w] * data[at + a] +
          weights[w + count] * data[at + b] +
          weights[w + 2 * count] * data[at + c] +
          weights[w + 3 * count] * data[at + d];
      }
    }
  }
  return next;
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
 * @param photo uint8 RGB; a map that is refined beside a photo reduced to some 120 px spreads over its objects
 * @param iterations how often; 0 gives copies
 */
export function pixelAdaptive(maps: readonly FloatMap[], photo: RgbImage, iterations: number): FloatMap[] {
  const weights = weightsOf(photo);
  const { width, height } = photo;
  const frame = emptyFrame(width, height);
  return maps.map(({ data }) => {
    let current: Float32Array = Float32Array.from(data);
    for (let round = 0; round < iterations; round++) {
      fill(frame, (pixel) => current[pixel]);
      current = average(frame, weights);
    }
    return { width, height, data: current };
  });
}
