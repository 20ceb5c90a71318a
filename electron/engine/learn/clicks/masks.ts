import type { FloatMap } from '../../../../shared/types.js';
import type { Frame, Size } from './frame.js';

/** Masks that a decoder gives for the same clicks, with how well it thinks they fit. */
export interface Candidates extends Size {
  /** Logits, float32 [count, height, width]: inside where above 0. */
  logits: Float32Array;
  /** Expected IoU of each, about 0..1. */
  scores: ArrayLike<number>;
}

/** Masks of a decoder of SAM that gives its answer to several clicks as well: that is the first of them. */
const WITH_SINGLE = 4;

/**
 * Which mask to take: the one that is expected to fit best. Of four masks the first is meant for several clicks and the
 * others for one, which may mean a thing or its parts (`select_masks` of segment-anything).
 */
export function bestOf({ scores }: Pick<Candidates, 'scores'>, clicks: number): number {
  const all = Array.from(scores, (_, index) => index);
  const meant = all.length !== WITH_SINGLE ? all : clicks > 1 ? all.slice(0, 1) : all.slice(1);
  return meant.reduce((best, index) => (scores[index] > scores[best] ? index : best), meant[0]);
}

/** Where each position of a row lies in a shorter one: the two neighbours, and the share of the second. */
interface Places {
  first: Int32Array;
  second: Int32Array;
  share: Float32Array;
}

function placesOf(count: number, from: number, step: number): Places {
  const places = { first: new Int32Array(count), second: new Int32Array(count), share: new Float32Array(count) };
  for (let i = 0; i < count; i++) {
    const at = Math.min(from - 1, Math.max(0, (i + 0.5) * step - 0.5));
    places.first[i] = Math.floor(at);
    places.second[i] = Math.min(from - 1, places.first[i] + 1);
    places.share[i] = at - places.first[i];
  }
  return places;
}

/**
 * A mask of the photo's size, 1 inside and 0 outside. Logits that cover the whole picture of the network are brought to
 * the photo by bilinear interpolation first; those of the photo's size are taken as they are.
 */
export function maskOf({ width, height, data }: FloatMap, photo: Size, { picture, scale }: Frame): Uint8Array {
  const mask = new Uint8Array(photo.width * photo.height);
  if (width === photo.width && height === photo.height) {
    for (let i = 0; i < mask.length; i++) mask[i] = data[i] > 0 ? 1 : 0;
    return mask;
  }
  const across = placesOf(photo.width, width, (scale.x * width) / picture.width);
  const down = placesOf(photo.height, height, (scale.y * height) / picture.height);
  for (let y = 0, o = 0; y < photo.height; y++) {
    const [above, below, lower] = [down.first[y] * width, down.second[y] * width, down.share[y]];
    for (let x = 0; x < photo.width; x++, o++) {
      const [left, right, share] = [across.first[x], across.second[x], across.share[x]];
      const top = data[above + left] + (data[above + right] - data[above + left]) * share;
      const bottom = data[below + left] + (data[below + right] - data[below + left]) * share;
      mask[o] = top + (bottom - top) * lower > 0 ? 1 : 0;
    }
  }
  return mask;
}
