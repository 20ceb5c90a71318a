import type { Evaluation } from '../../../shared/evaluation.js';
import { boundaryIoUOf } from './boundary.js';
import { calibrationOf } from './calibration.js';
import { undecidedAsBackground, undecidedLeftOut } from './confusion.js';
import type { Measured } from './measure.js';
import { marginsOf, metricsOf } from './metrics.js';
import { flatErrors } from './error-kinds.js';
import { LEVELS, type ScoreHistogram, type ThresholdSweep } from './thresholds.js';

/** What an evaluation says beside its figures. */
export type EvaluationSubject = Pick<
  Evaluation,
  'name' | 'kind' | 'set' | 'split' | 'against' | 'images' | 'missingMaps'
>;

/** The sweep as thresholds of 0 to 1. */
function thresholdOf({ bestLevel, mIoU }: ThresholdSweep): Evaluation['threshold'] {
  const score = (level: number): number => level / (LEVELS - 1);
  return { best: score(bestLevel), curve: mIoU.map((value, level) => ({ threshold: score(level), mIoU: value })) };
}

/** What is known of scores beside the mask that they were measured as. */
export interface Swept {
  sweep: ThresholdSweep;
  histogram: ScoreHistogram;
}

/** All figures of what was measured; `labels` are the names of the labels, background first. */
export function summarise(
  subject: EvaluationSubject,
  labels: readonly string[],
  { confusion, boundary, errors, classImages, scores, withoutTruth, failures }: Measured,
  swept: Swept | null,
): Evaluation {
  const folded = undecidedAsBackground(confusion);
  const whole = metricsOf(folded);
  const labelled = metricsOf(undecidedLeftOut(confusion));
  const edges = boundaryIoUOf(boundary);
  const { rows, columns } = marginsOf(folded);
  const total = rows.reduce((sum, count) => sum + count, 0);
  const undecided = confusion.undecided.reduce((sum, count) => sum + count, 0);
  return {
    version: 2,
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
      images: classImages[label],
    })),
    confusion: labels.map((_, label) => [
      ...confusion.counts.subarray(label * confusion.labels, (label + 1) * confusion.labels),
    ]),
    undecided: [...confusion.undecided],
    threshold: swept ? thresholdOf(swept.sweep) : null,
    calibration: swept ? calibrationOf(swept.histogram) : null,
    errors: flatErrors(errors),
    perImage: scores,
  };
}
