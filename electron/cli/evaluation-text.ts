import type { ClassScore, Evaluation } from '../../shared/evaluation.js';
import { failureLines } from './failure-text.js';
import { plural, someOf } from './text.js';
import { textTable, type Column } from './table.js';

/** `0.632`, or a dash where a figure is undefined. */
export const figure = (value: number | null): string => (value === null ? '-' : value.toFixed(3));

const columns: Column[] = [
  { title: 'class', align: 'left' },
  { title: 'IoU', align: 'right' },
  { title: 'labelled', align: 'right' },
  { title: 'precision', align: 'right' },
  { title: 'recall', align: 'right' },
  { title: 'boundary', align: 'right' },
];

const row = ({ name, iou, iouLabelled, precision, recall, boundaryIoU }: ClassScore): string[] => [
  name,
  ...[iou, iouLabelled, precision, recall, boundaryIoU].map(figure),
];

function notes({ images, evaluated, withoutTruth, missingMaps, threshold, failures }: Evaluation): string[] {
  return [
    `${evaluated} of ${plural(images, 'image')} measured`,
    ...(withoutTruth.length > 0
      ? [`${plural(withoutTruth.length, 'image')} without ground truth: ${someOf(withoutTruth)}`]
      : []),
    ...(missingMaps > 0 ? [`${plural(missingMaps, 'label')} without a map: counted as background`] : []),
    ...(threshold && evaluated > 0 ? [`best background threshold ${figure(threshold.best)}`] : []),
    ...failureLines(failures),
  ];
}

/** An evaluation for the terminal: a table of the classes that occur, the means, and what was left out. */
export function evaluationText(
  evaluation: Evaluation,
  { saved, report }: { saved: string; report: string | null },
): string {
  const { perClass, mIoU, mIoULabelled, boundaryIoU, meanClassAccuracy, pixelAccuracy } = evaluation;
  const present = perClass.filter(({ iou }) => iou !== null);
  const absent = perClass.filter(({ iou }) => iou === null).map(({ name }) => name);
  const mean = ['mean', figure(mIoU), figure(mIoULabelled), '', figure(meanClassAccuracy), figure(boundaryIoU)];
  const table = textTable(columns, [...present.map(row), mean]);
  const rule = '-'.repeat(Math.max(...table.map((line) => line.length)));
  return [
    table[0],
    rule,
    ...table.slice(1, -1),
    rule,
    table[table.length - 1],
    ...(absent.length > 0 ? [`in neither truth nor masks: ${someOf(absent)}`] : []),
    '',
    `mIoU ${figure(mIoU)}   labelled pixels only ${figure(mIoULabelled)}   pixel accuracy ${figure(pixelAccuracy)}`,
    ...notes(evaluation),
    `figures: ${saved}`,
    ...(report === null ? [] : [`report: ${report}`]),
  ].join('\n');
}
