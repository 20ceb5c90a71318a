import type { ClassScore } from '../../../shared/evaluation.js';

/** A row of the table of classes. */
export interface ClassRow extends ClassScore {
  /** IoU less that of the baseline; null without one. */
  change: number | null;
}

export const classColumns = ['name', 'iou', 'change', 'precision', 'recall', 'boundaryIoU', 'images'] as const;
export type ClassColumn = (typeof classColumns)[number];

export interface ClassOrder {
  column: ClassColumn;
  descending: boolean;
}

/** Rows in the order of a column; those without a figure come last either way. */
export function orderedClasses(rows: readonly ClassRow[], { column, descending }: ClassOrder): ClassRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column], b[column]];
    if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0);
    if (one === other) return a.label - b.label;
    return (one < other ? -1 : 1) * sign;
  });
}
