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
import { boundaryWidth } from './boundary.js';
import { checkSameSize } from './confusion.js';
import { nearLabel, type PixelBox } from './nearness.js';
import { foundObjects } from './objects.js';

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

/** Boxes around the wrong pixels of each given label. */
function wrongBoxes({ width, data }: LabelMap, given: Uint8Array): Map<number, PixelBox> {
  const boxes = new Map<number, PixelBox>();
  for (let y = 0, i = 0; i < data.length; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (data[i] === given[i] || data[i] === IGNORE) continue;
      const box = boxes.get(given[i]);
      if (!box) boxes.set(given[i], { left: x, right: x, top: y, bottom: y });
      else {
        if (x < box.left) box.left = x;
        if (x > box.right) box.right = x;
        box.bottom = y;
      }
    }
  }
  return boxes;
}

/** Calls back for every wrong pixel, with the label that it is about and the place of its kind. */
function forEachError(truth: LabelMap, mask: LabelMap, visit: (i: number, about: number, kind: number) => void): void {
  checkSameSize(truth, mask);
  const { width, height, data } = truth;
  const given = mask.data.slice();
  for (let i = 0; i < given.length; i++) if (given[i] === IGNORE) given[i] = 0;
  const boxes = wrongBoxes(truth, given);
  if (boxes.size === 0) return;
  const { ids, found } = foundObjects(truth, given);
  const d = boundaryWidth(width, height);
  for (const [label, box] of boxes) {
    const near = nearLabel(truth, label, d, box);
    for (let y = box.top, at = 0; y <= box.bottom; y++) {
      for (let x = box.left, i = y * width + x; x <= box.right; x++, i++, at++) {
        if (given[i] !== label || data[i] === label || data[i] === IGNORE) continue;
        visit(i, data[i] || label, kindOf(data[i], label, near[at] === 1, found[ids[i]]));
      }
    }
  }
}

/** The kind of every wrong pixel. Throws `size-mismatch`. */
export function errorMap(truth: LabelMap, mask: LabelMap): ErrorMap {
  const { width, height } = truth;
  const kinds = new Uint8Array(width * height);
  const about = new Uint8Array(width * height);
  forEachError(truth, mask, (i, label, kind) => {
    kinds[i] = kind + 1;
    about[i] = label;
  });
  return { width, height, kinds, about };
}

/** Place of the kind of one wrong pixel; `found` is the share of its object, if it is of one. */
function kindOf(truth: number, given: number, near: boolean, found: number): number {
  if (given === 0) {
    if (found < FOUND) return MISSED;
    return near && found >= COVERED ? BOUNDARY : PART;
  }
  if (near) return BOUNDARY;
  return truth === 0 ? INVENTED : WRONG;
}

/** Wrong pixels of one image by label and kind. Throws `size-mismatch`. */
export function countErrors(truth: LabelMap, mask: LabelMap): ErrorCounts {
  const counts = new Uint32Array(256 * KINDS);
  forEachError(truth, mask, (_, label, kind) => counts[label * KINDS + kind]++);
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
  [...errors].sort(([a], [b]) => a - b).flatMap(([at, pixels]) => [Math.floor(at / KINDS), at % KINDS, pixels]);
