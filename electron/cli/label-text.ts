import type { LabelChange, LabelConfidence } from '../../shared/project.js';
import { printable } from './printable.js';
import { textTable } from './table.js';

/** Labels shown on a terminal; --json and --csv have all of them. */
const SHOWN = 60;

/** The record with the names of its classes in place of their numbers, for machines. */
export function withNames<Label extends { imageId: string; classIndex: number; suggested?: number | null }>(
  { imageId, classIndex, suggested, ...rest }: Label,
  classes: readonly string[],
): Record<string, unknown> {
  const other = suggested === undefined ? {} : { suggested: suggested === null ? null : classes[suggested] };
  return { id: imageId, class: classes[classIndex], ...rest, ...other };
}

function shown(lines: string[]): string[] {
  const rest = lines.length - 1 - SHOWN;
  return rest > 0 ? [...lines.slice(0, SHOWN + 1), `and ${rest} more`] : lines;
}

const figure = (value: number | null): string => (value === null ? '-' : value.toFixed(3));

/** Doubtful labels, a line each: class, confidence and what it is made of, image, the class suggested instead. */
export function doubtfulTable(labels: readonly LabelConfidence[], classes: readonly string[]): string[] {
  const columns = [
    { title: 'class', align: 'left' },
    { title: 'confidence', align: 'right' },
    { title: 'classifier', align: 'right' },
    { title: 'agreement', align: 'right' },
    { title: 'image', align: 'left' },
    { title: 'rather', align: 'left' },
  ] as const;
  const rows = labels.map(({ classIndex, confidence, probability, agreement, imageId, suggested }) => [
    printable(classes[classIndex]),
    figure(confidence),
    figure(probability),
    figure(agreement),
    printable(imageId),
    suggested === null ? '' : printable(classes[suggested]),
  ]);
  return shown(textTable(columns, rows));
}

/** Labels that are dropped or count less, a line each. */
export function changeTable(changes: readonly LabelChange[], classes: readonly string[]): string[] {
  const columns = [
    { title: 'class', align: 'left' },
    { title: 'counts', align: 'right' },
    { title: 'image', align: 'left' },
    { title: 'by run', align: 'left' },
  ] as const;
  const rows = changes.map(({ classIndex, weight, imageId, run }) => [
    printable(classes[classIndex]),
    weight === 0 ? 'dropped' : String(weight),
    printable(imageId),
    printable(run),
  ]);
  return shown(textTable(columns, rows));
}
