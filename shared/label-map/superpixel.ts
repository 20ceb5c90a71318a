import type { Segmentation } from '../superpixels/slic.js';
import type { Edit } from './edit.js';
import { refused, type Outcome } from './outcome.js';
import { contains } from './rect.js';
import type { Pixel } from './stroke.js';

/** Levels of superpixels, each by how many there are in a photo: fine, medium, coarse. */
export const superpixelLevels = [1600, 500, 150] as const;

/** Gives a label to the superpixel of the photo that a pixel is in. */
export function fillSuperpixel(edit: Edit, regions: Segmentation, at: Pixel, label: number): Outcome {
  const { clip, givable } = edit.rules;
  if (!contains(clip, at)) return refused('outside');
  if (!givable[label]) return refused('locked');
  const { labels, width } = regions;
  const wanted = labels[at.y * width + at.x];
  for (let y = clip.top; y < clip.bottom; y++) {
    for (let x = clip.left; x < clip.right; x++) {
      if (labels[y * width + x] !== wanted) continue;
      const start = x;
      while (x < clip.right && labels[y * width + x] === wanted) x++;
      edit.span(y, start, x, label);
    }
  }
  return edit.outcome();
}
