import type { LabelMap } from '../../../shared/types.js';

/** Places in `from` whose pixel lies nearest to the centre of each of `to`. */
const sources = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to }, (_, i) => Math.min(from - 1, Math.floor(((i + 0.5) * from) / to)));

/** A label map of another size: each pixel is one of the map, the nearest to its centre, for labels cannot be averaged. */
export function resizeNearest(map: LabelMap, width: number, height: number): LabelMap {
  if (map.width === width && map.height === height) return map;
  const columns = sources(map.width, width);
  const rows = sources(map.height, height);
  const data = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = rows[y] * map.width;
    for (let x = 0; x < width; x++) data[at++] = map.data[row + columns[x]];
  }
  return { width, height, data };
}
