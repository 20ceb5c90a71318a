import type { Confusion } from './confusion.js';

/** A ratio of 0 to 1, or null where it is undefined (0/0): the class occurs nowhere. */
export type Ratio = number | null;

/** Figures of a confusion matrix; n[t][p] its counts, t(c) and p(c) the sums of row and column c. */
export interface Metrics {
  /** Per label: n[c][c] / (t(c) + p(c) - n[c][c]). A class that is only given, never true, has 0 and counts. */
  iou: Ratio[];
  /** Per label: n[c][c] / p(c). */
  precision: Ratio[];
  /** Per label: n[c][c] / t(c). */
  recall: Ratio[];
  /** Mean of `iou` over the labels that have one. */
  mIoU: Ratio;
  /** Sum of n[c][c] over all pixels. */
  pixelAccuracy: Ratio;
  /** Mean of `recall` over the labels that occur in the ground truth. */
  meanClassAccuracy: Ratio;
  /** Sum of iou(c) weighted by the share of c among true pixels; the empty sum is 0. */
  frequencyWeightedIoU: number;
}

const ratio = (part: number, whole: number): Ratio => (whole > 0 ? part / whole : null);

/** Mean of the values that are defined, null where none is. */
export function meanOf(values: readonly Ratio[]): Ratio {
  const defined = values.filter((value) => value !== null);
  return ratio(
    defined.reduce((sum, value) => sum + value, 0),
    defined.length,
  );
}

/** Sums of the rows and columns of a matrix. Undecided pixels belong to the row: they are true, and missed. */
export function marginsOf({ labels, counts, undecided }: Confusion): { rows: Float64Array; columns: Float64Array } {
  const rows = undecided.slice();
  const columns = new Float64Array(labels);
  for (let at = 0; at < counts.length; at++) {
    rows[Math.floor(at / labels)] += counts[at];
    columns[at % labels] += counts[at];
  }
  return { rows, columns };
}

/** All figures of a matrix. Undecided pixels that are still in it count as missed (see undecidedAsBackground). */
export function metricsOf(confusion: Confusion): Metrics {
  const { labels, counts } = confusion;
  const { rows, columns } = marginsOf(confusion);
  const hits = Array.from({ length: labels }, (_, label) => counts[label * labels + label]);
  const total = rows.reduce((sum, row) => sum + row, 0);
  const iou = hits.map((hit, label) => ratio(hit, rows[label] + columns[label] - hit));
  const recall = hits.map((hit, label) => ratio(hit, rows[label]));
  return {
    iou,
    precision: hits.map((hit, label) => ratio(hit, columns[label])),
    recall,
    mIoU: meanOf(iou),
    pixelAccuracy: ratio(
      hits.reduce((sum, hit) => sum + hit, 0),
      total,
    ),
    meanClassAccuracy: meanOf(recall),
    frequencyWeightedIoU: iou.reduce<number>(
      (sum, value, label) => sum + ((value ?? 0) * rows[label]) / (total || 1),
      0,
    ),
  };
}
