import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confusionOf,
  undecidedAsBackground,
  undecidedLeftOut,
} from '../../../../../electron/engine/evaluate/confusion.js';
import { metricsOf } from '../../../../../electron/engine/evaluate/metrics.js';
import { labelPair, map } from './maps.js';

const LABELS = 4;

/** IoU of one label by its definition: pixels in both over pixels in either, truth 255 left out. */
function naiveIoU(truth: Uint8Array, mask: Uint8Array, label: number): number | null {
  const pixels = [...truth.keys()].filter((at) => truth[at] !== 255);
  const both = pixels.filter((at) => truth[at] === label && mask[at] === label).length;
  const either = pixels.filter((at) => truth[at] === label || mask[at] === label).length;
  return either === 0 ? null : both / either;
}

describe('figures of a label map', () => {
  it('agree with the definition of IoU, undecided pixels as background', () => {
    fc.assert(
      fc.property(labelPair(LABELS), ({ truth, mask }) => {
        const { iou } = metricsOf(undecidedAsBackground(confusionOf(truth, mask, LABELS)));
        const decided = mask.data.map((label) => (label === 255 ? 0 : label));
        expect(iou).toEqual(iou.map((_, label) => naiveIoU(truth.data, decided, label)));
      }),
    );
  });

  it('agree with the definition of IoU, undecided pixels left out', () => {
    fc.assert(
      fc.property(labelPair(LABELS), ({ truth, mask }) => {
        const { iou } = metricsOf(undecidedLeftOut(confusionOf(truth, mask, LABELS)));
        const decided = truth.data.map((label, at) => (mask.data[at] === 255 ? 255 : label));
        expect(iou).toEqual(iou.map((_, label) => naiveIoU(decided, mask.data, label)));
      }),
    );
  });

  it('are 1 for a mask that agrees wherever there is ground truth', () => {
    const truth = map(3, 2, [0, 1, 2, 255, 255, 1]);
    const mask = map(3, 2, [0, 1, 2, 0, 3, 1]);
    const metrics = metricsOf(confusionOf(truth, mask, LABELS));
    expect(metrics).toMatchObject({ mIoU: 1, pixelAccuracy: 1, meanClassAccuracy: 1, frequencyWeightedIoU: 1 });
    expect(metrics.iou[3]).toBeNull();
  });

  it('give precision and recall by column and row', () => {
    const truth = map(4, 1, [1, 1, 1, 0]);
    const mask = map(4, 1, [1, 1, 0, 1]);
    const { precision, recall } = metricsOf(confusionOf(truth, mask, 2));
    expect(precision).toEqual([0, 2 / 3]);
    expect(recall).toEqual([0, 2 / 3]);
  });

  it('are undefined where nothing can be measured', () => {
    const metrics = metricsOf(confusionOf(map(1, 1, [255]), map(1, 1, [1]), 2));
    expect(metrics).toMatchObject({ mIoU: null, pixelAccuracy: null, meanClassAccuracy: null });
  });
});

describe('label maps that do not fit', () => {
  it('are refused when sizes differ', () => {
    expect(() => confusionOf(map(2, 1, [0, 0]), map(1, 2, [0, 0]), 2)).toThrow(/1x2.*2x1/);
  });

  it.each([
    ['the ground truth', [5], [0]],
    ['the mask', [0], [5]],
  ])('are refused when %s has an unknown label', (where, truth, mask) => {
    expect(() => confusionOf(map(1, 1, truth), map(1, 1, mask), 2)).toThrow(`${where} has label 5`);
  });

  it('may hold anything where the truth is ignore', () => {
    expect(confusionOf(map(1, 1, [255]), map(1, 1, [77]), 2).counts).toEqual(new Float64Array(4));
  });
});
