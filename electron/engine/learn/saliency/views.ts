import type { ByteImage, RgbImage } from '../../../../shared/types.js';
import { mirror } from '../../images/index.js';

/** One way of showing a photo to a network. */
export interface View {
  /** Side of the square that the photo is squashed to, px. */
  size: number;
  mirrored: boolean;
}

/** Every size, plain and, where asked for, mirrored. */
export const viewsOf = (sizes: readonly number[], withMirror: boolean): View[] =>
  sizes.flatMap((size) => (withMirror ? [false, true] : [false]).map((mirrored) => ({ size, mirrored })));

/**
 * The rounded mean of what `predict` says of each view, mirrored views turned back. `predict` gets the photo as the view
 * shows it and gives a map of the photo's size.
 */
export async function averageOverViews(
  photo: RgbImage,
  views: readonly View[],
  predict: (photo: RgbImage, size: number) => Promise<ByteImage>,
): Promise<ByteImage> {
  const { width, height } = photo;
  if (views.length === 1 && !views[0].mirrored) return predict(photo, views[0].size);
  const sums = new Uint32Array(width * height);
  for (const { size, mirrored } of views) {
    const map = await predict(mirrored ? mirror(photo) : photo, size);
    const { data } = mirrored ? mirror(map) : map;
    for (let i = 0; i < sums.length; i++) sums[i] += data[i];
  }
  const data = new Uint8Array(sums.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(sums[i] / views.length);
  return { width, height, data };
}
