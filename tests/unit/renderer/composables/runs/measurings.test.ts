import { describe, expect, it } from 'vitest';
import { stepLines } from '../../../../../renderer/composables/runs/log-lines.js';
import { bestMeasuring, measuringOf, withMeasurings } from '../../../../../renderer/composables/runs/measurings.js';
import { joined, lossNames, stepOf } from '../../../../../renderer/composables/runs/training-log.js';

const step = (iteration: number, loss = 1) => ({ iteration, rate: 0.1, loss, gradientNorm: 2 });
const measured = (iteration: number, mIoU: number | null) => ({ iteration, mIoU, images: 8 });

describe("the log of a segmenter's training", () => {
  it('has steps without epochs, whose one loss is the sum', () => {
    expect(stepOf(step(3, 0.5))).toEqual({ step: 3, epoch: 0, losses: { total: 0.5 }, rate: 0.1, gradientNorm: 2 });
    const steps = joined([], [step(1), measured(1, 0.2), step(2)])!;
    expect(steps.map((one) => one.step)).toEqual([1, 2]);
    expect(lossNames(steps)).toEqual(['total']);
  });

  it('has measurings beside its steps', () => {
    expect(measuringOf(measured(200, 0.4))).toEqual({ step: 200, mIoU: 0.4, images: 8 });
    expect(measuringOf(measured(200, null))).toBeNull();
    expect(measuringOf(step(200))).toBeNull();
    expect(stepOf(measured(200, 0.4))).toBeNull();
  });

  it('is read as lines, a measuring behind its step', () => {
    const lines = [step(1), step(2), measured(2, 0.25), step(3)];
    expect(stepLines(joined([], lines)!, withMeasurings([], lines))).toEqual([
      'step 1: total 1, rate 0.1, gradientNorm 2',
      'step 2: total 1, rate 0.1, gradientNorm 2',
      'measured after step 2: mIoU 0.2500, 8 images',
      'step 3: total 1, rate 0.1, gradientNorm 2',
    ]);
  });
});

describe('measurings', () => {
  const first = withMeasurings([], [step(1), step(2), measured(2, 0.2), step(3), step(4), measured(4, 0.3)]);

  it('are kept while the log grows, also where a part of it begins with one', () => {
    expect(first.map(({ mIoU }) => mIoU)).toEqual([0.2, 0.3]);
    expect(withMeasurings(first, [step(5), step(6)])).toEqual(first);
    expect(withMeasurings(first, [measured(4, 0.3), step(5)])).toEqual(first);
  });

  it('of steps that are done again are those of the later lines', () => {
    expect(withMeasurings(first, [step(3), step(4)]).map((one) => one.step)).toEqual([2]);
    const again = withMeasurings(first, [step(3), step(4), measured(4, 0.5)]);
    expect(again.map(({ step: at, mIoU }) => [at, mIoU])).toEqual([[2, 0.2], [4, 0.5]]);
  });

  it('have a best one, the first of equals', () => {
    const of = (...values: number[]) => values.map((mIoU, i) => ({ step: i + 1, mIoU, images: 1 }));
    expect(bestMeasuring(of(0.1, 0.4, 0.4, 0.2))).toMatchObject({ step: 2 });
    expect(bestMeasuring([])).toBeUndefined();
  });
}); // prettier-ignore
