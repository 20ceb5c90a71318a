import type { Edit } from './edit.js';
import type { Outcome } from './outcome.js';
import type { Tip } from './tip.js';

/** A pixel. */
export interface Pixel {
  x: number;
  y: number;
}

/** The pixels of a line from one to the other, each beside the one before (Bresenham, 1965). */
export function eachStep(from: Pixel, to: Pixel, visit: (x: number, y: number) => void): void {
  const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  const [right, down] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
  let { x, y } = from;
  visit(x, y);
  for (let left = Math.max(dx, dy), error = dx - dy; left > 0; left--) {
    const twice = 2 * error;
    if (twice > -dy) {
      error -= dy;
      x += right;
    }
    if (twice < dx) {
      error += dx;
      y += down;
    }
    visit(x, y);
  }
}

/**
 * Paints a straight piece of a stroke: what the tip covers on its way from one anchor pixel to another, both included.
 * Pixels are in or out, never in between. Steps are a pixel long and rows of a tip cover its anchor's column, so what it
 * covers of a row is one span, which is written once.
 */
export function stroke(edit: Edit, from: Pixel, to: Pixel, tip: Tip, label: number): Outcome {
  const top = Math.min(from.y, to.y) + tip.top;
  const rows = Math.abs(to.y - from.y) + tip.size;
  const lefts = new Int32Array(rows).fill(2 ** 31 - 1);
  const rights = new Int32Array(rows).fill(-(2 ** 31));
  eachStep(from, to, (x, y) => {
    for (let k = 0, row = y + tip.top - top; k < tip.size; k++, row++) {
      lefts[row] = Math.min(lefts[row], x + tip.lefts[k]);
      rights[row] = Math.max(rights[row], x + tip.rights[k]);
    }
  });
  for (let row = 0; row < rows; row++) edit.span(top + row, lefts[row], rights[row], label);
  return edit.outcome();
}
