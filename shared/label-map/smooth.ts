import type { Edit } from './edit.js';
import type { Outcome } from './outcome.js';
import { labelsIn } from './patch.js';
import { wholeOf } from './rect.js';

/**
 * Gives every pixel the label that most pixels around it have, in a square of `2 radius + 1`; its own where that is among
 * the most frequent. Removes specks and frays. Each pixel is judged by the map as it was before.
 */
export function smooth(edit: Edit, radius: number): Outcome {
  const { map, rules } = edit;
  const { width, height } = map;
  const { clip } = rules;
  const before = labelsIn(map, wholeOf(map));
  const labels = [...new Set(before)];
  const counts = new Int32Array(256);
  for (let y = clip.top; y < clip.bottom; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height - 1, y + radius)];
    counts.fill(0);
    const column = (x: number, weight: number): void => {
      if (x < 0 || x >= width) return;
      for (let i = top * width + x, end = bottom * width + x; i <= end; i += width) counts[before[i]] += weight;
    };
    for (let x = clip.left - radius; x < clip.left + radius; x++) column(x, 1);
    for (let x = clip.left; x < clip.right; x++) {
      column(x + radius, 1);
      const own = before[y * width + x];
      let most = own;
      for (const label of labels) if (counts[label] > counts[most]) most = label;
      if (most !== own) edit.span(y, x, x + 1, most);
      column(x - radius, -1);
    }
  }
  return edit.outcome();
}
