import type { Evaluation } from '../../../shared/evaluation.js';
import { boundaryIoUOf } from './boundary.js';
import { undecidedAsBackground, undecidedLeftOut } from './confusion.js';
import type { Measured } from './measure.js';
import { marginsOf, metricsOf } from './metrics.js';
import { LEVELS, type ThresholdSweep } from './thresholds.js';

/** What an evaluation says beside its figures. */
export type EvaluationSubject = Pick<Evaluation, 'name' | 'kind' | 'set' | 'split' | 'images' | 'missingMaps'>;

/** The sweep as thresholds of 0 to 1. */
function thresholdOf({ bestLevel, mIoU }: ThresholdSweep): Evaluation['threshold'] {
  const score = (level: number): number => level / (LEVELS - 1);
  return { best: score(bestLevel), curve: mIoU.map((value, level) => ({ threshold: score(level), mIoU: value })) };
}

/** All figures of what was measured; `labels` are the names of the labels, background first. */
export function summarise(
  subject: EvaluationSubject,
  labels: readonly string[],
  { confusion, boundary, scores, withoutTruth, failures }: Measured,
  sweep: ThresholdSweep | null,
): Evaluation {
  const folded = undecidedAsBackground(confusion);
  const whole = metricsOf(folded);
  const labelled = metricsOf(undecidedLeftOut(confusion));
  const edges = boundaryIoUOf(boundary);
  const { rows, columns } = marginsOf(folded);
  const total = rows.reduce((sum, count) => sum + count, 0);
  const undecided = confusion.undecided.reduce((sum, count) => sum + count, 0);
  return {
    version: 1,
    ...subject,
    evaluated: scores.length,
    withoutTruth,
    failures,
    mIoU: whole.mIoU,
    mIoULabelled: labelled.mIoU,
    pixelAccuracy: whole.pixelAccuracy,
    pixelAccuracyLabelled: labelled.pixelAccuracy,
    meanClassAccuracy: whole.meanClassAccuracy,
    frequencyWeightedIoU: whole.frequencyWeightedIoU,
    boundaryIoU: edges.mean,
    labelledShare: total > 0 ? 1 - undecided / total : null,
    perClass: labels.map((name, label) => ({
      label,
      name,
      iou: whole.iou[label],
      iouLabelled: labelled.iou[label],
      precision: whole.precision[label],
      recall: whole.recall[label],
      boundaryIoU: edges.perLabel[label],
      truthPixels: rows[label],
      maskPixels: columns[label],
    })),
    confusion: labels.map((_, label) => [
      ...confusion.counts.subarray(label * confusion.labels, (label + 1) * confusion.labels),
    ]),
    undecided: [...confusion.undecided],
    threshold: sweep ? thresholdOf(sweep) : null,
    perImage: scores,
  };
}
