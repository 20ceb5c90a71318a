import type { Edit } from './edit.js';
import { refused, type Outcome } from './outcome.js';
import { wholeOf, type Rect } from './rect.js';

/** Puts other labels, row by row, in the place of those in a rectangle of a map, as far as the rules let it. */
export function replaceIn(edit: Edit, { left, top, right, bottom }: Rect, labels: Uint8Array): Outcome {
  const columns = right - left;
  for (let y = top; y < bottom; y++) {
    const row = (y - top) * columns;
    for (let x = 0; x < columns;) {
      const [start, label] = [x, labels[row + x]];
      while (x < columns && labels[row + x] === label) x++;
      edit.span(y, left + start, left + x, label);
    }
  }
  return edit.outcome();
}

/** The same for a whole map. */
export const replaceAll = (edit: Edit, labels: Uint8Array): Outcome => replaceIn(edit, wholeOf(edit.map), labels);

/**
 * Gives the pixels that are 1 in a mask of the map's size a label, as far as the rules let it.
 *
 * @param mask uint8 [height, width], 0 or 1
 */
export function fillMask(edit: Edit, mask: Uint8Array, label: number): Outcome {
  const { clip, givable } = edit.rules;
  if (!givable[label]) return refused('locked');
  for (let y = clip.top; y < clip.bottom; y++) {
    const row = y * edit.map.width;
    for (let x = clip.left; x < clip.right; x++) {
      if (mask[row + x] !== 1) continue;
      const start = x;
      while (x < clip.right && mask[row + x] === 1) x++;
      edit.span(y, start, x, label);
    }
  }
  return edit.outcome();
}
