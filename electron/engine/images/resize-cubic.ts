import type { ByteImage, FloatMap } from '../../../shared/types.js';

/** Keys' parameter of the cubic kernel; PyTorch and OpenCV both take -0.75. */
const SHARPNESS = -0.75;
const TAPS = 4;

/** For each output position the four input positions it sees (the border repeats) and their weights. */
interface Taps {
  /** int32 [out, 4] */
  positions: Int32Array;
  /** float64 [out, 4] */
  weights: Float64Array;
}

/** Weight at a distance of 0..2 input pixels (Keys 1981, "Cubic convolution interpolation for digital image processing"). */
function kernel(distance: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return ((SHARPNESS + 2) * d - (SHARPNESS + 3)) * d * d + 1;
  return d < 2 ? SHARPNESS * (((d - 5) * d + 8) * d - 4) : 0;
}

/** Half-pixel centres: output i lies at (i + 0.5) * in / out - 0.5. */
function cubicTaps(from: number, to: number): Taps {
  const taps = { positions: new Int32Array(to * TAPS), weights: new Float64Array(to * TAPS) };
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const first = Math.floor(centre) - 1;
    for (let k = 0; k < TAPS; k++) {
      taps.positions[i * TAPS + k] = Math.min(from - 1, Math.max(0, first + k));
      taps.weights[i * TAPS + k] = kernel(centre - (first + k));
    }
  }
  return taps;
}

/**
 * Cubic interpolation of one channel, handed out row by row (float64 [toWidth], reused): a map of a large photo would take
 * eight bytes a pixel as a whole. Shrinking skips pixels, as the originals do.
 */
function* cubicRows(
  { width, height, data }: ByteImage | FloatMap,
  toWidth: number,
  toHeight: number,
): Generator<Float64Array> {
  const across = cubicTaps(width, toWidth);
  const wide = new Float64Array(toWidth * height);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++, o++) {
      let sum = 0;
      for (let k = x * TAPS; k < (x + 1) * TAPS; k++) sum += data[y * width + across.positions[k]] * across.weights[k];
      wide[o] = sum;
    }
  }
  const down = cubicTaps(height, toHeight);
  const out = new Float64Array(toWidth);
  for (let y = 0; y < toHeight; y++) {
    out.fill(0);
    for (let k = y * TAPS; k < (y + 1) * TAPS; k++) {
      const [row, weight] = [down.positions[k] * toWidth, down.weights[k]];
      for (let x = 0; x < toWidth; x++) out[x] += wide[row + x] * weight;
    }
    yield out;
  }
}

/**
 * Resizes a float map by bicubic interpolation as PyTorch does it (align_corners false, no antialias): raw maps of other
 * scales are brought to one size with it. Values may leave the input's range, as cubic interpolation overshoots.
 */
export function resizeCubicFloat(map: FloatMap, width: number, height: number): FloatMap {
  const data = new Float32Array(width * height);
  let start = 0;
  for (const row of cubicRows(map, width, height)) {
    data.set(row, start);
    start += width;
  }
  return { width, height, data };
}

/**
 * Resizes a map of bytes by bicubic interpolation as OpenCV's INTER_CUBIC does it, rounded (halves up) and clipped to
 * 0..255: the published maps are brought to the photo's size with it.
 */
export function resizeCubicBytes(image: ByteImage, width: number, height: number): ByteImage {
  const data = new Uint8Array(width * height);
  let start = 0;
  for (const row of cubicRows(image, width, height)) {
    for (let x = 0; x < width; x++) data[start + x] = Math.max(0, Math.min(255, Math.floor(row[x] + 0.5)));
    start += width;
  }
  return { width, height, data };
}
