import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filteredLines, stepLines } from '../../../../../renderer/composables/runs/log-lines.js';
import { epochRows, joined, lossNames, smoothed, stepOf } from '../../../../../renderer/composables/runs/training-log.js'; // prettier-ignore

const line = (step: number, more: Record<string, unknown> = {}) => ({ epoch: Math.ceil(step / 2), step, rate: 0.1, total: 10 - step, basic: 1, ...more }); // prettier-ignore
const numbers = (steps: readonly { step: number }[] | null): number[] | undefined => steps?.map(({ step }) => step);

describe('the log of a training', () => {
  it('has the losses of a step apart from its other figures', () => {
    expect(stepOf(line(1, { gradientNorm: 2, imagesPerSecond: 3, peakMegabytes: 400 }))).toEqual({
      step: 1, epoch: 1, losses: { total: 9, basic: 1 }, rate: 0.1, gradientNorm: 2, imagesPerSecond: 3, peakMegabytes: 400,
    }); // prettier-ignore
    expect(stepOf({ note: 'no step' })).toBeNull();
  });

  it('takes the steps that a resumed training did again in the place of the earlier ones', () => {
    const first = joined([], [line(1), line(2), line(3)])!;
    expect(numbers(joined(first, [line(4)]))).toEqual([1, 2, 3, 4]);
    const again = joined(first, [line(3, { total: 0 }), line(4)])!;
    expect(numbers(again)).toEqual([1, 2, 3, 4]);
    expect(again[2].losses.total).toBe(0);
    expect(numbers(joined(first, [line(1), line(2)]))).toEqual([1, 2]);
    expect(numbers(joined(first, []))).toEqual([1, 2, 3]);
  });

  it('is read anew where lines are missing', () => {
    expect(joined(joined([], [line(1)])!, [line(5)])).toBeNull();
  });

  it('has names of losses, the sum first, and means of epochs', () => {
    const steps = joined([], [line(1), line(2), line(3, { contrastive: 4 })])!;
    expect(lossNames(steps)).toEqual(['total', 'basic', 'contrastive']);
    expect(epochRows(steps)).toEqual([
      { epoch: 1, steps: 2, losses: { total: 8.5, basic: 1 } },
      { epoch: 2, steps: 1, losses: { total: 7, basic: 1, contrastive: 4 } },
    ]);
    expect(stepLines(steps)[0]).toBe('epoch 1, step 1: total 9, basic 1, rate 0.1');
  });

  it('is filtered by words; only the latest lines are drawn', () => {
    const lines = ['epoch 1, step 1', 'epoch 1, step 2', 'epoch 2, step 3'];
    expect(filteredLines(lines, 'EPOCH 1', 1)).toEqual({ lines: ['epoch 1, step 2'], left: 1 });
    expect(filteredLines(lines, 'step epoch')).toEqual({ lines, left: 0 });
    expect(filteredLines(lines, 'x')).toEqual({ lines: [], left: 0 });
  });
});

describe('smoothing', () => {
  it('keeps a constant, and the values themselves at weight 0', () => {
    smoothed([3, 3, 3, 3], 0.9).forEach((value) => expect(value).toBeCloseTo(3, 12));
    expect(smoothed([1, 5, 2], 0)).toEqual([1, 5, 2]);
  });

  it('is the weighted mean of what came before', () => {
    // (1 * .5 * .5 + 2 * .5) / (1 - .25)
    expect(smoothed([1, 2], 0.5)[1]).toBeCloseTo((0.25 + 1) / 0.75);
  });

  it('stays between the least and greatest value, and passes by what is not finite (seed 5)', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (values, weight) => {
          const [low, high] = [Math.min(...values), Math.max(...values)];
          const all = smoothed(values, weight);
          return all.every((one) => one >= low - 1e-3 && one <= high + 1e-3) && all.length === values.length;
        },
      ),
      { seed: 5 },
    );
    expect(smoothed([2, Number.NaN, 2], 0.5)).toEqual([2, Number.NaN, 2]);
  });
});
