import type { RgbImage } from '../../../shared/types.js';
import { toGrey } from './grey.js';
import { hsvToRgb, rgbToHsv } from './hsv.js';

/**
 * How far colours may move, [brightness, contrast, saturation, hue]: the first three are scaled by a factor of
 * 1 - f .. 1 + f (0 at least), the hue turns by -h .. h of a full circle. 0, or a missing number, leaves that alone.
 */
export type JitterFactors = readonly number[];

/** A random number in [0, 1). */
export type Rng = () => number;

type Adjust = (image: RgbImage, amount: number) => RgbImage;

/** `from + factor * (to - from)` in float32, clipped and cut to a byte: how Pillow blends two pictures. */
function blend(from: number, to: number, factor: number): number {
  const value = Math.fround(from + Math.fround(factor * (to - from)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

/** Blends every value with one and the same value. */
function blendWith(base: number, { data, ...size }: RgbImage, factor: number): RgbImage {
  const table = Uint8Array.from({ length: 256 }, (_, value) => blend(base, value, Math.fround(factor)));
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = table[data[i]];
  return { ...size, data: out };
}

/** Factor 0 gives black, 1 the photo. */
export const adjustBrightness: Adjust = (image, factor) => blendWith(0, image, factor);

/** Factor 0 gives the photo's mean grey everywhere, 1 the photo. */
export function adjustContrast(image: RgbImage, factor: number): RgbImage {
  const grey = toGrey(image).data;
  let sum = 0;
  for (let i = 0; i < grey.length; i++) sum += grey[i];
  return blendWith(Math.trunc(sum / grey.length + 0.5), image, factor);
}

/** Factor 0 gives the photo in grey, 1 the photo. */
export function adjustSaturation(image: RgbImage, factor: number): RgbImage {
  const grey = toGrey(image).data;
  const single = Math.fround(factor);
  const data = new Uint8Array(image.data.length);
  for (let pixel = 0, i = 0; pixel < grey.length; pixel++) {
    for (const end = i + 3; i < end; i++) data[i] = blend(grey[pixel], image.data[i], single);
  }
  return { ...image, data };
}

/** Turns the hue by `turn` of a full circle, -0.5 .. 0.5, in 8-bit HSV: hue and saturation are rounded to bytes. */
export function adjustHue(image: RgbImage, turn: number): RgbImage {
  const hsv = rgbToHsv(image.data);
  const shift = Math.trunc(turn * 255);
  for (let i = 0; i < hsv.length; i += 3) hsv[i] = (hsv[i] + shift) & 255;
  return { ...image, data: hsvToRgb(hsv) };
}

const within = (rng: Rng, low: number, high: number): number => low + rng() * (high - low);

/**
 * Random brightness, contrast, saturation and hue, one after another in random order, as torchvision's ColorJitter
 * defines them for 8-bit pictures. Takes seven numbers of `rng`, whatever the factors: turning one off leaves the rest
 * of the random sequence as it was.
 */
export function jitterColours(image: RgbImage, factors: JitterFactors, rng: Rng): RgbImage {
  const adjusts = [adjustBrightness, adjustContrast, adjustSaturation, adjustHue];
  const order = [0, 1, 2, 3];
  for (let i = 3; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const amounts = adjusts.map((adjust, i) => {
    const factor = factors[i] ?? 0;
    return adjust === adjustHue ? within(rng, -factor, factor) : within(rng, Math.max(0, 1 - factor), 1 + factor);
  });
  return order.filter((i) => (factors[i] ?? 0) !== 0).reduce((jittered, i) => adjusts[i](jittered, amounts[i]), image);
}
