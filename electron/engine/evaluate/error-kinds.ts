/**
 * Kinds of errors of a mask, every wrong pixel having one. They carry the kinds of TIDE (Bolya et al., "TIDE: A General
 * Toolbox for Identifying Object Detection Errors", ECCV 2020) from boxes to pixels, with its two thresholds of overlap, and
 * tell edges by the strip of boundary IoU. With t the true label of a wrong pixel and g the given one (undecided
 * counts as background), an object being a connected piece of one true label:
 *
 * - `boundary`: t or g would be right a little way off: a pixel that truly is g lies within the width of the strip.
 * - `missed-object`: g is background, and less than 0.1 of the pixel's object was found.
 * - `part-only`: g is background, and the object was found, but less than 0.5 of it, or the pixel is not at an edge.
 * - `wrong-class`: both t and g are classes, and no true g is near.
 * - `invented-object`: t is background, and no true g is near.
 *
 * Whether an object was found goes before its edge: a thin one that is missed is no matter of boundaries.
 */
import { errorKinds } from '../../../shared/evaluation.js';
import { IGNORE, type LabelMap } from '../../../shared/types.js';
import { labelComponents } from '../images/regions/index.js';
import { boundaryWidth } from './boundary.js';
import { checkSameSize } from './confusion.js';
import { nearLabel, type PixelBox } from './nearness.js';

/** Share of an object below which it was not found: TIDE's threshold to the background. */
export const FOUND = 0.1;
/** Share of an object below which only a part was found: TIDE's threshold to the foreground. */
export const COVERED = 0.5;

const KINDS = errorKinds.length;
const [MISSED, INVENTED, WRONG, BOUNDARY, PART] = [...errorKinds.keys()];

/** Pixels by label * number of kinds + place of the kind. */
export type ErrorCounts = Map<number, number>;

/** Of each pixel that is wrong, its kind and the label that it is about. */
export interface ErrorMap {
  width: number;
  height: number;
  /** uint8 [height, width]: place of the kind in `errorKinds` plus 1, 0 where the mask is right or nobody knows. */
  kinds: Uint8Array;
  /** uint8 [height, width]: true label, or the given one where that is an object over background. */
  about: Uint8Array;
}

/** Share of each object that was found, by place of the object, and the objects' places by pixel. */
function foundShares(truth: LabelMap, given: Uint8Array): { ids: Int32Array; found: number[] } {
  const objects = truth.data.map((label) => (label === IGNORE ? 0 : label));
  const { ids, components } = labelComponents({ ...truth, data: objects }, 8);
  const hits = new Float64Array(components.length);
  for (let i = 0; i < ids.length; i++) if (ids[i] >= 0 && given[i] === objects[i]) hits[ids[i]]++;
  return { ids, found: components.map(({ area }, at) => hits[at] / area) };
}

/** Boxes around the wrong pixels of each given label. */
function wrongBoxes({ width, data }: LabelMap, given: Uint8Array): Map<number, PixelBox> {
  const boxes = new Map<number, PixelBox>();
  for (let i = 0, x = 0, y = 0; i < data.length; i++) {
    if (data[i] !== given[i] && data[i] !== IGNORE) {
      const box = boxes.get(given[i]);
      if (!box) boxes.set(given[i], { left: x, right: x, top: y, bottom: y });
      else {
        if (x < box.left) box.left = x;
        if (x > box.right) box.right = x;
        box.bottom = y;
      }
    }
    if (++x === width) [x, y] = [0, y + 1];
  }
  return boxes;
}

/** The kind of every wrong pixel. Throws `size-mismatch`. */
export function errorMap(truth: LabelMap, mask: LabelMap): ErrorMap {
  checkSameSize(truth, mask);
  const { width, height, data } = truth;
  const given = mask.data.map((label) => (label === IGNORE ? 0 : label));
  const kinds = new Uint8Array(data.length);
  const about = new Uint8Array(data.length);
  const boxes = wrongBoxes(truth, given);
  if (boxes.size === 0) return { width, height, kinds, about };
  const { ids, found } = foundShares(truth, given);
  const d = boundaryWidth(width, height);
  for (const [label, box] of boxes) {
    const near = nearLabel(truth, label, d, box);
    const columns = box.right - box.left + 1;
    for (let y = box.top; y <= box.bottom; y++) {
      for (let x = box.left, i = y * width + x, at = (y - box.top) * columns; x <= box.right; x++, i++, at++) {
        if (given[i] !== label || data[i] === label || data[i] === IGNORE) continue;
        about[i] = data[i] || label;
        kinds[i] = 1 + kindOf(data[i], label, near[at] === 1, found[ids[i]]);
      }
    }
  }
  return { width, height, kinds, about };
}

/** Place of the kind of one wrong pixel; `found` is undefined on background. */
function kindOf(truth: number, given: number, near: boolean, found: number | undefined): number {
  if (given === 0) {
    if (found! < FOUND) return MISSED;
    return near && found! >= COVERED ? BOUNDARY : PART;
  }
  if (near) return BOUNDARY;
  return truth === 0 ? INVENTED : WRONG;
}

/** Wrong pixels of one image by label and kind. Throws `size-mismatch`. */
export function countErrors(truth: LabelMap, mask: LabelMap): ErrorCounts {
  const { kinds, about } = errorMap(truth, mask);
  const counts = new Uint32Array(256 * (KINDS + 1));
  for (let i = 0; i < kinds.length; i++) if (kinds[i] > 0) counts[about[i] * KINDS + kinds[i] - 1]++;
  const errors: ErrorCounts = new Map();
  counts.forEach((pixels, at) => pixels > 0 && errors.set(at, pixels));
  return errors;
}

/** Adds `part` to `total`, in place. */
export function addErrors(total: ErrorCounts, part: ErrorCounts): void {
  for (const [at, pixels] of part) total.set(at, (total.get(at) ?? 0) + pixels);
}

/** Errors as an evaluation has them: label, place of the kind, pixels, and so on, by label and kind. */
export const flatErrors = (errors: ErrorCounts): number[] =>
  [...errors]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, pixels]) => [Math.floor(at / KINDS), at % KINDS, pixels]);
