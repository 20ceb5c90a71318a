import { describe, expect, it } from 'vitest';
import {
  addConfusion,
  confusionOf,
  emptyConfusion,
  undecidedLeftOut,
  type Confusion,
} from '../../electron/engine/evaluate/confusion.js';
import { metricsOf, type Ratio } from '../../electron/engine/evaluate/metrics.js';
import { goldenAvailable, readGolden, readGoldenJson, type GoldenCase } from '../support/golden.js';

interface MiouNumbers {
  cases: Record<
    string,
    {
      overall_accuracy: Ratio;
      mean_accuracy: Ratio;
      mean_iou: Ratio;
      freq_weighted_iou: Ratio;
      per_class_iou: Ratio[];
    }
  >;
  pred_has_255: { mean_iou_undecided_ignored: number; mean_iou_undecided_is_wrong: number; coverage: number };
  suggested_tolerance: { ratios: number };
}

const LABELS = 21;

/** Sums the matrices of all pictures of a case: tensors truth0, pred0, truth1, pred1, ... [H,W]. */
function confusionOfCase(golden: GoldenCase): Confusion {
  const total = emptyConfusion(LABELS);
  for (let at = 0; golden.tensors.has(`truth${at}`); at++) {
    const [truth, mask] = [golden.bytes(`truth${at}`), golden.bytes(`pred${at}`)].map(({ shape, data }) => ({
      width: shape[1],
      height: shape[0],
      data: data as Uint8Array,
    }));
    addConfusion(total, confusionOf(truth, mask, LABELS));
  }
  return total;
}

describe.skipIf(!goldenAvailable)('figures of label maps (needs the golden numbers)', () => {
  const numbers = goldenAvailable ? readGoldenJson<MiouNumbers>('miou') : undefined;
  const tolerance = numbers?.suggested_tolerance.ratios ?? 0;

  const expectRatio = (actual: Ratio, expected: Ratio, what: string): void => {
    if (expected === null || actual === null) expect(actual, what).toBe(expected);
    else expect(Math.abs(actual - expected), `${what}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
  };

  it.each(Object.keys(numbers?.cases ?? {}))('%s: matrix exact, ratios within the tolerance', (name) => {
    const golden = readGolden(`miou__${name}`);
    const expected = numbers!.cases[name];
    const confusion = confusionOfCase(golden);
    expect([...confusion.counts]).toEqual([...golden.int('confusion').data]);
    const metrics = metricsOf(confusion);
    expectRatio(metrics.mIoU, expected.mean_iou, 'mean IoU');
    expectRatio(metrics.pixelAccuracy, expected.overall_accuracy, 'pixel accuracy');
    expectRatio(metrics.meanClassAccuracy, expected.mean_accuracy, 'mean class accuracy');
    expectRatio(metrics.frequencyWeightedIoU, expected.freq_weighted_iou, 'frequency-weighted IoU');
    metrics.iou.forEach((iou, label) => expectRatio(iou, expected.per_class_iou[label], `IoU of label ${label}`));
  });

  it('pred_has_255: undecided pixels left out, and counted as missed', () => {
    const golden = readGolden('miou__pred_has_255');
    const { mean_iou_undecided_ignored, mean_iou_undecided_is_wrong } = numbers!.pred_has_255;
    const confusion = confusionOfCase(golden);
    expect([...confusion.counts]).toEqual([...golden.int('confusion_valid_both').data]);
    expect([...confusion.undecided]).toEqual([...golden.int('undecided_per_true_class').data]);
    expectRatio(metricsOf(undecidedLeftOut(confusion)).mIoU, mean_iou_undecided_ignored, 'left out');
    expectRatio(metricsOf(confusion).mIoU, mean_iou_undecided_is_wrong, 'missed');
  });
});
