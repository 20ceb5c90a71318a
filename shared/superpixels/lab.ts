import type { RgbImage } from '../types.js';

/** sRGB byte to linear light (IEC 61966-2-1). */
const linear = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** XYZ of the white that sRGB is defined with (D65, 2 degrees). */
const WHITE = [0.95047, 1, 1.08883] as const;

const CUBE_FROM = (6 / 29) ** 3;
const root = (t: number): number => (t > CUBE_FROM ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);

/** sRGB to CIE L*a*b*: uint8 [H,W,3] to float32 [H,W,3], L 0..100, a and b about -100..100. */
export function rgbToLab({ data }: RgbImage): Float32Array {
  const lab = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [linear[data[i]], linear[data[i + 1]], linear[data[i + 2]]];
    const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
    const y = root((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
    const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
    lab[i] = 116 * y - 16;
    lab[i + 1] = 500 * (x - y);
    lab[i + 2] = 200 * (y - z);
  }
  return lab;
}

/** Entries of the table of `root` for each unit. */
const FINE = 4096;
const roots = Float32Array.from({ length: Math.ceil(FINE * 1.1) + 2 }, (_, k) => root(k / FINE));

/** `root` between the entries of a table, within 1e-4. */
function nearRoot(t: number): number {
  const place = t * FINE;
  const below = Math.floor(place);
  return roots[below] + (place - below) * (roots[below + 1] - roots[below]);
}

/**
 * Like rgbToLab within .03, in a third of the time, from a photo as browsers decode it: uint8 RGBA [H,W,4] to float32
 * [H,W,3]. Good enough to group pixels by.
 */
export function rgbaToLab(data: Uint8ClampedArray): Float32Array {
  const lab = new Float32Array((data.length / 4) * 3);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    const [r, g, b] = [linear[data[i]], linear[data[i + 1]], linear[data[i + 2]]];
    const x = nearRoot((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
    const y = nearRoot((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
    const z = nearRoot((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
    lab[o] = 116 * y - 16;
    lab[o + 1] = 500 * (x - y);
    lab[o + 2] = 200 * (y - z);
  }
  return lab;
}
