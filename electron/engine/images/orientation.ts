import type { LabelMap } from '../../../shared/types.js';
import { photoHeader } from './photo-header.js';

interface Size {
  width: number;
  height: number;
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/**
 * Where a pixel of the upright picture lies in the stored one of that size, by EXIF orientation (Exif 2.32, tag 274;
 * 5 to 8 swap the sides).
 */
const sources: Record<number, (x: number, y: number, stored: Size) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, { width }) => [width - 1 - x, y],
  3: (x, y, { width, height }) => [width - 1 - x, height - 1 - y],
  4: (x, y, { height }) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, { height }) => [y, height - 1 - x],
  7: (x, y, { width, height }) => [width - 1 - y, height - 1 - x],
  8: (x, y, { width }) => [width - 1 - y, x],
};

/** Turns a map as its photo of that EXIF orientation is turned to stand upright. An unknown orientation changes nothing. */
export function turnUpright(map: LabelMap, orientation: number): LabelMap {
  const sourceOf = sources[orientation] ?? sources[1];
  const [width, height] = orientation >= 5 && orientation <= 8 ? [map.height, map.width] : [map.width, map.height];
  const data = new Uint8Array(map.data.length);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = sourceOf(x, y, map);
      data[o++] = map.data[sy * map.width + sx];
    }
  }
  return { width, height, data };
}

/**
 * The orientation by which a mask of that size must be turned to lie on its photo: 1 where it has the photo's upright
 * size, the photo's own where it has its stored size with the sides swapped, as programs make it that overlook the
 * orientation; null where it fits neither way. The photo's header is read only where the sizes differ.
 * Throws what photoHeader throws.
 */
export async function maskOrientation(mask: Size, upright: Size, photo: string): Promise<number | null> {
  if (sameSize(mask, upright)) return 1;
  if (!sameSize({ width: mask.height, height: mask.width }, upright)) return null;
  const { orientation } = await photoHeader(photo);
  return orientation >= 5 ? orientation : null;
}

/** A mask as it lies on its photo; one that does not fit comes back as it is. Throws what photoHeader throws. */
export async function uprightMask(mask: LabelMap, upright: Size, photo: string): Promise<LabelMap> {
  const orientation = await maskOrientation(mask, upright, photo);
  return orientation === null || orientation === 1 ? mask : turnUpright(mask, orientation);
}
