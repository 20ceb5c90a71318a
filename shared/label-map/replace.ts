import type { Edit } from './edit.js';
import type { Outcome } from './outcome.js';

/** Puts other labels of the same size in the place of a map's, as far as the rules let it. */
export function replaceAll(edit: Edit, labels: Uint8Array): Outcome {
  const { width, height } = edit.map;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width;) {
      const [start, label] = [x, labels[y * width + x]];
      while (x < width && labels[y * width + x] === label) x++;
      edit.span(y, start, x, label);
    }
  }
  return edit.outcome();
}
