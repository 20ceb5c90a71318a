import type { ClassScore, Evaluation } from '../../shared/evaluation.js';
import { failureLines } from './failure-text.js';
import { plural, someOf } from './text.js';
import { textTable, widthOf, type Column } from './table.js';

/** `0.632`, or a dash where a figure is undefined. */
export const figure = (value: number | null): string => (value === null ? '-' : value.toFixed(3));

interface FigureColumn extends Column {
  value(score: ClassScore): number | null;
  /** What stands under the classes' figures. */
  mean: number | null;
}

/** Scores leave no pixel undecided: a column for labelled pixels would say the same twice. */
function columnsOf({ mIoU, mIoULabelled, meanClassAccuracy, boundaryIoU, threshold }: Evaluation): FigureColumn[] {
  const columns: FigureColumn[] = [
    { title: 'IoU', align: 'right', value: ({ iou }) => iou, mean: mIoU },
    { title: 'labelled', align: 'right', value: ({ iouLabelled }) => iouLabelled, mean: mIoULabelled },
    { title: 'precision', align: 'right', value: ({ precision }) => precision, mean: null },
    { title: 'recall', align: 'right', value: ({ recall }) => recall, mean: meanClassAccuracy },
    { title: 'boundary', align: 'right', value: (score) => score.boundaryIoU, mean: boundaryIoU },
  ];
  return columns.filter(({ title }) => !threshold || title !== 'labelled');
}

/** A line a class that occurs, in the order of the labels, and their means. */
function classLines(evaluation: Evaluation): string[] {
  const columns = columnsOf(evaluation);
  const present = evaluation.perClass.filter(({ iou }) => iou !== null);
  const rows = present.map((score) => [score.name, ...columns.map(({ value }) => figure(value(score)))]);
  const means = ['mean', ...columns.map(({ mean }) => (mean === null ? '' : figure(mean)))];
  const [head, ...lines] = textTable([{ title: 'class', align: 'left' }, ...columns], [...rows, means]);
  const rule = '-'.repeat(Math.max(...[head, ...lines].map(widthOf)));
  return [head, rule, ...lines.slice(0, -1), rule, ...lines.slice(-1)];
}

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
  const { perClass, mIoU, mIoULabelled, pixelAccuracy, evaluated, threshold } = evaluation;
  const absent = perClass.filter(({ iou }) => iou === null).map(({ name }) => name);
  const labelled = threshold ? '' : `   labelled pixels only ${figure(mIoULabelled)}`;
  return [
    ...(evaluated > 0
      ? classLines(evaluation)
      : ['nothing could be measured: no image has both a mask and ground truth']),
    ...(evaluated > 0 && absent.length > 0 ? [`in neither truth nor masks: ${someOf(absent)}`] : []),
    '',
    `mIoU ${figure(mIoU)}${labelled}   pixel accuracy ${figure(pixelAccuracy)}`,
    ...notes(evaluation),
    `figures: ${saved}`,
    ...(report === null ? [] : [`report: ${report}`]),
  ].join('\n');
}
