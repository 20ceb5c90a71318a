import type { LabelMap } from '../../../shared/types.js';

/** A box of pixels: first and last column and row, all inside. */
export interface PixelBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * uint8 [rows of the box, columns of the box]: 1 where the map has `label` in the square of 2d + 1 around a pixel. Rows are
 * widened by d as they are read, and each column remembers the last row in which it was met, so that the cost does not grow
 * with d.
 */
export function nearLabel({ width, height, data }: LabelMap, label: number, d: number, box: PixelBox): Uint8Array {
  const columns = box.right - box.left + 1;
  const near = new Uint8Array(columns * (box.bottom - box.top + 1));
  const lastMet = new Int32Array(columns).fill(-1 - 2 * d);
  for (let y = Math.max(0, box.top - d), at = 0; y <= box.bottom + d; y++) {
    if (y < height) {
      const row = y * width;
      const end = row + Math.min(width, box.right + d + 1);
      for (let i = row + Math.max(0, box.left - d); i < end; i++) {
        if (data[i] !== label) continue;
        const start = i;
        while (i < end && data[i] === label) i++;
        const offset = row + box.left;
        lastMet.fill(y, Math.max(0, start - offset - d), Math.max(0, i - offset + d));
      }
    }
    if (y - d < box.top) continue;
    for (let x = 0; x < columns; x++, at++) if (lastMet[x] >= y - 2 * d) near[at] = 1;
  }
  return near;
}
