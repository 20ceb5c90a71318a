import type { ByteImage, RgbImage } from '../../../shared/types.js';
import { channelsOf } from './pixels.js';

/** Bits after the point of the weights: 8 bits of pixel, 22 of weight and 2 to spare fill an int32. */
const WEIGHT_BITS = 22;
const HALF = 1 << (WEIGHT_BITS - 1);

/** For each output position: the first input position it sees, how many, and their weights in fixed point. */
interface Taps {
  first: Int32Array;
  count: Int32Array;
  /** int32 [out, stride] */
  weights: Int32Array;
  stride: number;
}

/** Triangle filter around (i + 0.5) * in / out, as wide as one output pixel but at least one input pixel. */
function triangleTaps(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const taps = { first: new Int32Array(to), count: new Int32Array(to), weights: new Int32Array(to * stride), stride };
  const exact = new Float64Array(stride);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - first;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      exact[k] = Math.max(0, 1 - Math.abs((first + k - centre + 0.5) / support));
      sum += exact[k];
    }
    for (let k = 0; k < count; k++) {
      taps.weights[i * stride + k] = Math.trunc(0.5 + (exact[k] / sum) * (1 << WEIGHT_BITS));
    }
    taps.first[i] = first;
    taps.count[i] = count;
  }
  return taps;
}

// Weights are not negative and sum to about one: only the upper end can be passed, by rounding.
const toByte = (sum: number): number => Math.min(sum >> WEIGHT_BITS, 255);

/** The same as below for three channels, which takes half the time when each weight is read once for all of them. */
function resizeColourRows({ width, height, data }: ByteImage, to: number): ByteImage {
  const { first, count, weights, stride } = triangleTaps(width, to);
  const out = new Uint8Array(to * height * 3);
  for (let y = 0, o = 0; y < height; y++) {
    const row = y * width * 3;
    for (let x = 0; x < to; x++) {
      const end = x * stride + count[x];
      let [red, green, blue] = [HALF, HALF, HALF];
      let i = row + first[x] * 3;
      for (let k = x * stride; k < end; k++) {
        const weight = weights[k];
        red = (red + Math.imul(data[i++], weight)) | 0;
        green = (green + Math.imul(data[i++], weight)) | 0;
        blue = (blue + Math.imul(data[i++], weight)) | 0;
      }
      out[o++] = toByte(red);
      out[o++] = toByte(green);
      out[o++] = toByte(blue);
    }
  }
  return { width: to, height, data: out };
}

function resizeRows(image: ByteImage, channels: number, to: number): ByteImage {
  if (channels === 3) return resizeColourRows(image, to);
  const { width, height, data } = image;
  const { first, count, weights, stride } = triangleTaps(width, to);
  const out = new Uint8Array(to * height * channels);
  for (let y = 0, o = 0; y < height; y++) {
    const row = y * width * channels;
    for (let x = 0; x < to; x++) {
      const end = x * stride + count[x];
      for (let c = 0; c < channels; c++) {
        let sum = HALF;
        let i = row + first[x] * channels + c;
        for (let k = x * stride; k < end; k++, i += channels) sum += data[i] * weights[k];
        out[o++] = toByte(sum);
      }
    }
  }
  return { width: to, height, data: out };
}

function resizeColumns({ width, height, data }: ByteImage, channels: number, to: number): ByteImage {
  const { first, count, weights, stride } = triangleTaps(height, to);
  const line = width * channels;
  const out = new Uint8Array(line * to);
  const sums = new Int32Array(line);
  for (let y = 0; y < to; y++) {
    sums.fill(HALF);
    for (let k = 0; k < count[y]; k++) {
      const weight = weights[y * stride + k];
      const row = (first[y] + k) * line;
      for (let i = 0; i < line; i++) sums[i] += data[row + i] * weight;
    }
    for (let i = 0; i < line; i++) out[y * line + i] = toByte(sums[i]);
  }
  return { width, height: to, data: out };
}

/**
 * Resizes bytes with the triangle filter, widened when shrinking so that nothing is skipped: bit for bit what Pillow's
 * bilinear resize gives, which the published weights and maps were made with. Rows first, rounded to bytes, then columns.
 * The aspect ratio is not kept. A size that stays is not filtered, so the same size gives a copy.
 */
export function resizeBilinear<Image extends RgbImage | ByteImage>(image: Image, width: number, height: number): Image {
  const channels = channelsOf(image);
  const wide = image.width === width ? image : resizeRows(image, channels, width);
  const resized = wide.height === height ? wide : resizeColumns(wide, channels, height);
  return { ...image, width, height, data: resized === image ? Uint8Array.from(image.data) : resized.data };
}
