import type { LabelMap } from '../../../shared/types.js';

/** A box of pixels: first and last column and row, all inside. */
export interface PixelBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * uint8 [rows of the box, columns of the box]: 1 where the map has `label` in the square of 2d + 1 around a pixel. Two
 * passes of running counts, along rows and then down columns, so that the cost does not grow with d.
 */
export function nearLabel({ width, height, data }: LabelMap, label: number, d: number, box: PixelBox): Uint8Array {
  const columns = box.right - box.left + 1;
  const rows = box.bottom - box.top + 1;
  const first = Math.max(0, box.top - d);
  const last = Math.min(height - 1, box.bottom + d);
  const inRow = new Uint8Array((last - first + 1) * columns);
  for (let y = first; y <= last; y++) {
    const row = y * width;
    let count = 0;
    for (let x = Math.max(0, box.left - d); x < Math.min(width, box.left + d); x++) if (data[row + x] === label) count++;
    for (let x = box.left, at = (y - first) * columns; x <= box.right; x++, at++) {
      if (x + d < width && data[row + x + d] === label) count++;
      if (count > 0) inRow[at] = 1;
      if (x - d >= 0 && data[row + x - d] === label) count--;
    }
  }
  const near = new Uint8Array(rows * columns);
  const count = new Uint32Array(columns);
  const add = (y: number, sign: number): void => {
    for (let x = 0, at = (y - first) * columns; x < columns; x++, at++) count[x] += sign * inRow[at];
  };
  for (let y = first; y < Math.min(height, box.top + d); y++) add(y, 1);
  for (let y = box.top; y <= box.bottom; y++) {
    if (y + d <= last) add(y + d, 1);
    for (let x = 0, at = (y - box.top) * columns; x < columns; x++, at++) near[at] = count[x] > 0 ? 1 : 0;
    if (y - d >= first) add(y - d, -1);
  }
  return near;
}
