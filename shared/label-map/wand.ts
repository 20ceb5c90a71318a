import type { Edit } from './edit.js';
import { flood, openWhere, passing } from './flood.js';
import { refused, type Outcome } from './outcome.js';
import { contains } from './rect.js';
import type { Pixel } from './stroke.js';

/** A photo as a browser decodes it: uint8 RGBA [height, width, 4]. */
export interface Photo {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** How far each pixel's colour is from the seed's: the largest difference of red, green and blue, uint8 [height, width]. */
export function colourDistances({ width, height, data }: Photo, seed: Pixel): Uint8Array {
  const distances = new Uint8Array(width * height);
  const at = (seed.y * width + seed.x) * 4;
  const [red, green, blue] = [data[at], data[at + 1], data[at + 2]];
  for (let i = 0, p = 0; i < distances.length; i++, p += 4) {
    const r = Math.abs(data[p] - red);
    const g = Math.abs(data[p + 1] - green);
    const b = Math.abs(data[p + 2] - blue);
    distances[i] = r > g ? (r > b ? r : b) : g > b ? g : b;
  }
  return distances;
}

/**
 * Gives a label to what looks alike around a pixel of the photo: what hangs together with it by its sides and is no
 * further from its colour than `tolerance` (0..255).
 *
 * @param distances of colourDistances with the same seed
 */
export function wand(edit: Edit, distances: Uint8Array, seed: Pixel, tolerance: number, label: number): Outcome {
  const { map, rules } = edit;
  if (!contains(rules.clip, seed)) return refused('outside');
  if (!rules.givable[label]) return refused('locked');
  const alike = openWhere(distances, map.width, rules.clip, passing((value) => value <= tolerance)); // prettier-ignore
  flood(alike, seed.y * map.width + seed.x, (y, left, right) => edit.span(y, left, right, label));
  return edit.outcome();
}
