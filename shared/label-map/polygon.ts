import type { Edit } from './edit.js';
import { refused, type Outcome } from './outcome.js';
import type { Rect } from './rect.js';

/** A corner in image coordinates: the upper left corner of pixel (x, y) is at (x, y), its centre half a pixel on. */
export interface Corner {
  x: number;
  y: number;
}

/** What an outline does to the chosen class: gives it the inside, takes the inside from it, or leaves it only the inside. */
export const outlineModes = ['add', 'subtract', 'intersect'] as const;
export type OutlineMode = (typeof outlineModes)[number];

/**
 * The rows of `within` with the spans inside a closed outline, left to right: pixels whose centre a ray to the left crosses
 * the outline an odd number of times before (even-odd rule). Overlaps of an outline with itself are outside.
 */
export function eachInside(
  corners: readonly Corner[],
  { top, bottom }: Rect,
  visit: (y: number, spans: readonly number[]) => void,
): void {
  const crossings: number[][] = Array.from({ length: Math.max(0, bottom - top) }, () => []);
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length];
    const [high, low] = a.y < b.y ? [a, b] : [b, a];
    const from = Math.max(top, Math.ceil(high.y - 0.5));
    // A centre on the lower end belongs to the next edge.
    const to = Math.min(bottom, Math.ceil(low.y - 0.5));
    for (let y = from; y < to; y++) {
      const x = high.x + ((y + 0.5 - high.y) / (low.y - high.y)) * (low.x - high.x);
      crossings[y - top].push(Math.ceil(x - 0.5));
    }
  });
  crossings.forEach((row, k) =>
    visit(
      top + k,
      row.sort((a, b) => a - b),
    ),
  );
}

/**
 * Fills an outline. Fewer than three corners are no shape. The rules of the edit hold in every mode.
 *
 * @param label of the chosen class
 */
export function fillOutline(edit: Edit, corners: readonly Corner[], label: number, mode: OutlineMode): Outcome {
  if (corners.length < 3) return refused('shape');
  const { clip, givable } = edit.rules;
  if (!givable[label]) return refused('locked');
  eachInside(corners, clip, (y, spans) => {
    if (mode === 'intersect') {
      const edges = [clip.left, ...spans, clip.right];
      for (let k = 0; k < edges.length; k += 2) edit.span(y, edges[k], edges[k + 1], 0, label);
      return;
    }
    for (let k = 0; k < spans.length; k += 2) {
      if (mode === 'add') edit.span(y, spans[k], spans[k + 1], label);
      else edit.span(y, spans[k], spans[k + 1], 0, label);
    }
  });
  return edit.outcome();
}

/**
 * Gives the inside of a closed outline the labels that another map has there, as far as the rules let it.
 *
 * @param labels uint8 [height, width] of the map that is edited
 */
export function replaceOutline(edit: Edit, corners: readonly Corner[], labels: Uint8Array): Outcome {
  if (corners.length < 3) return refused('shape');
  const { left, right } = edit.rules.clip;
  const { width } = edit.map;
  eachInside(corners, edit.rules.clip, (y, spans) => {
    for (let k = 0; k < spans.length; k += 2) {
      const to = Math.min(spans[k + 1], right);
      for (let x = Math.max(spans[k], left); x < to;) {
        const [start, label] = [x, labels[y * width + x]];
        while (x < to && labels[y * width + x] === label) x++;
        edit.span(y, start, x, label);
      }
    }
  });
  return edit.outcome();
}
