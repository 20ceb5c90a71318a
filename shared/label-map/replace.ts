import type { Edit } from './edit.js';
import type { Outcome } from './outcome.js';
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
