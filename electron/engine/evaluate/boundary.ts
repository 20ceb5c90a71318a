/**
 * Boundary IoU: IoU of the strips along the inner edge of a class in ground truth and mask, which rewards contours
 * where plain IoU rewards area. Cheng et al., "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation",
 * CVPR 2021. The strip of a class is its mask minus the mask eroded by a square of 2d + 1; the edge of the image is an
 * edge of the mask. For semantic segmentation here, strips are counted per class and over all images, then averaged.
 *
 * What the paper leaves open: pixels whose truth is ignore belong to no class in either map, so that a mask which agrees
 * with the truth wherever there is one has a boundary IoU of 1. Undecided pixels of the mask are background.
 */
import { IGNORE, type LabelMap } from '../../../shared/types.js';
import { checkSameSize } from './confusion.js';
import { meanOf, type Ratio } from './metrics.js';

/** Width of the strip as a share of the image's diagonal, the paper's choice. */
export const BOUNDARY_RATIO = 0.02;

/** Width d of the strip in pixels, at least 1. */
export function boundaryWidth(width: number, height: number): number {
  return Math.max(1, Math.round(BOUNDARY_RATIO * Math.hypot(width, height)));
}

/**
 * uint8 [height, width]: 1 where the square of 2d + 1 around a pixel holds another label or leaves the image. That is the
 * strip of every class at once, each pixel being on the strip of its own label. Two sweeps count how long
 * equal labels run: along each row, then down the columns over rows that are whole.
 */
export function boundaryOf({ width, height, data }: LabelMap, d: number): Uint8Array {
  const boundary = new Uint8Array(width * height).fill(1);
  const side = 2 * d + 1;
  const rowIsWhole = new Uint8Array(width);
  const runDown = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    rowIsWhole.fill(0);
    let run = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      run = x > 0 && data[at] === data[at - 1] ? run + 1 : 1;
      if (run >= side) rowIsWhole[x - d] = 1;
    }
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const continues = y > 0 && data[at] === data[at - width];
      runDown[x] = rowIsWhole[x] ? (continues ? runDown[x] : 0) + 1 : 0;
      if (runDown[x] >= side) boundary[at - d * width] = 0;
    }
  }
  return boundary;
}

/** Pixels of the strips, per label, float64 [labels]. */
export interface BoundaryCounts {
  truth: Float64Array;
  mask: Float64Array;
  both: Float64Array;
}

export const emptyBoundaryCounts = (labels: number): BoundaryCounts => ({
  truth: new Float64Array(labels),
  mask: new Float64Array(labels),
  both: new Float64Array(labels),
});

/** Adds the strips of one image, in place; its labels are those of a matrix made before. Throws `size-mismatch`. */
export function countBoundary(counts: BoundaryCounts, truth: LabelMap, mask: LabelMap): void {
  checkSameSize(truth, mask);
  const { width, height } = truth;
  const given = decided(truth, mask);
  const d = boundaryWidth(width, height);
  const onTruth = boundaryOf(truth, d);
  const onMask = boundaryOf({ width, height, data: given }, d);
  const labels = truth.data;
  const own = { truth: new Uint32Array(256), mask: new Uint32Array(256), both: new Uint32Array(256) };
  for (let i = 0; i < given.length; i++) {
    if ((onTruth[i] | onMask[i]) === 0) continue;
    own.truth[labels[i]] += onTruth[i];
    own.mask[given[i]] += onMask[i];
    if (labels[i] === given[i]) own.both[given[i]] += onTruth[i] & onMask[i];
  }
  // Ignored pixels have label 255 in both maps, which lies beyond the labels that are summed.
  for (const part of ['truth', 'mask', 'both'] as const) {
    for (let label = 0; label < counts[part].length; label++) counts[part][label] += own[part][label];
  }
}

/** Labels of a mask with every pixel decided: ignore where the truth is, background where the mask does not say. */
function decided(truth: LabelMap, mask: LabelMap): Uint8Array {
  const labels = mask.data.slice();
  for (let i = 0; i < labels.length; i++) {
    if (truth.data[i] === IGNORE) labels[i] = IGNORE;
    else if (labels[i] === IGNORE) labels[i] = 0;
  }
  return labels;
}

/** Boundary IoU per label, null for a label without a strip in either, and the mean of the others. */
export function boundaryIoUOf({ truth, mask, both }: BoundaryCounts): { perLabel: Ratio[]; mean: Ratio } {
  const perLabel = Array.from(both, (hit, label) => {
    const union = truth[label] + mask[label] - hit;
    return union > 0 ? hit / union : null;
  });
  return { perLabel, mean: meanOf(perLabel) };
}
