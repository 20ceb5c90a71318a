import type { Rect } from './rect.js';

/** A picture's pixels that may be entered: 1 where they may, and 0 once they were. */
export interface OpenPixels {
  width: number;
  open: Uint8Array;
}

/** The open pixels of a rectangle: those whose byte of `values` passes. */
export function openWhere(
  values: Uint8Array,
  width: number,
  { left, top, right, bottom }: Rect,
  passes: Uint8Array,
): OpenPixels {
  const open = new Uint8Array(values.length);
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) open[i] = passes[values[i]];
  }
  return { width, open };
}

/** A table of bytes for openWhere. */
export const passing = (test: (value: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, value) => Number(test(value)));

/**
 * Enters the open pixels that hang together with pixel `seed` by their sides, row by row (scan-line flood fill), and closes
 * them.
 *
 * @param visit gets each span once, from `left` up to `right`
 * @returns pixels that were entered
 */
export function flood(
  { width, open }: OpenPixels,
  seed: number,
  visit: (y: number, left: number, right: number) => void,
): number {
  const waiting = [seed];
  let entered = 0;
  /** Puts the start of each open run of a row into the line. */
  const look = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (open[i] && (i === from || !open[i - 1])) waiting.push(i);
  };
  while (waiting.length > 0) {
    const start = waiting.pop()!;
    if (!open[start]) continue;
    const row = start - (start % width);
    let [left, right] = [start, start + 1];
    while (left > row && open[left - 1]) left--;
    while (right < row + width && open[right]) right++;
    open.fill(0, left, right);
    entered += right - left;
    visit(row / width, left - row, right - row);
    if (row > 0) look(left - width, right - width);
    if (row + width < open.length) look(left + width, right + width);
  }
  return entered;
}
