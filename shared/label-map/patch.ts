import type { LabelMap } from '../types.js';
import type { Rect } from './rect.js';
import { packRuns, unpackRuns } from './runs.js';

/** The pixels of a rectangle as they were, packed: what undoes an edit. */
export interface Patch {
  rect: Rect;
  before: Uint8Array;
}

/** The labels inside a rectangle of a map, row by row. */
export function labelsIn({ width, data }: LabelMap, { left, top, right, bottom }: Rect): Uint8Array {
  const columns = right - left;
  const labels = new Uint8Array(columns * (bottom - top));
  for (let y = top; y < bottom; y++)
    labels.set(data.subarray(y * width + left, y * width + right), (y - top) * columns);
  return labels;
}

export const patchOf = (rect: Rect, before: Uint8Array): Patch => ({ rect, before: packRuns(before) });

/** Puts the pixels of a patch back. Returns the patch that undoes this. */
export function applyPatch(map: LabelMap, { rect, before }: Patch): Patch {
  const inverse = patchOf(rect, labelsIn(map, rect));
  const columns = rect.right - rect.left;
  const labels = unpackRuns(before, columns * (rect.bottom - rect.top));
  for (let y = rect.top, at = 0; y < rect.bottom; y++, at += columns) {
    map.data.set(labels.subarray(at, at + columns), y * map.width + rect.left);
  }
  return inverse;
}
