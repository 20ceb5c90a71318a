import type { RandomSource } from './random.js';

/** Linear light, red, green, blue, 0..1 for a surface that reflects everything. */
export type Colour = readonly [number, number, number];

/** One channel from sRGB's gamma curve to linear light, both 0..1 (IEC 61966-2-1). */
export const toLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** One channel from linear light to sRGB, both 0..1. */
export const toSrgb = (value: number): number =>
  value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;

/** A colour as a style sheet writes it: `#rrggbb`. */
export function hex(code: string): Colour {
  const channel = (at: number): number => toLinear(parseInt(code.slice(at, at + 2), 16) / 255);
  return [channel(1), channel(3), channel(5)];
}

export const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

export const scale = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

/** Hue in turns, saturation and value 0..1, read as sRGB. */
export function fromHsv(hue: number, saturation: number, value: number): Colour {
  const channel = (shift: number): number => {
    const k = (shift + hue * 6) % 6;
    return toLinear(value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}

/** A colour as paint, cloth and wood have them: every hue, never garish. */
export const randomColour = (random: RandomSource): Colour =>
  fromHsv(random.unit(), random.between(0.08, 0.5), random.between(0.35, 0.85));
