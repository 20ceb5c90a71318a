import { describe, expect, it } from 'vitest';
import { labelPriorEntropy, trainingWatch } from '../../../../../../electron/engine/learn/train/watch.js';

describe('entropy of the label prior', () => {
  it('is ln 2 where every class is in half of the images, and 0 where all carry the same', () => {
    expect(labelPriorEntropy([{ classes: [0] }, { classes: [1] }], 2)).toBeCloseTo(Math.LN2, 12);
    expect(labelPriorEntropy([{ classes: [0] }, { classes: [0] }], 1)).toBe(0);
  });
});

describe('watch', () => {
  const prior = 0.2;
  /** Steps through epochs of 100 steps with one mean loss each. */
  const through = (losses: number[]): void => {
    const watch = trainingWatch(prior);
    for (const loss of losses) {
      for (let step = 0; step < 100; step++) watch.step({ basic: loss }, 1);
      watch.epoch(loss);
    }
  };

  it('stops where the loss stays at the prior, and says why', () => {
    expect(() => through([0.2, 0.21, 0.2])).toThrow(/0\.200.*guessing by class frequency/);
  });

  it('lets a training go on that has moved in between, or has just begun', () => {
    expect(() => through([0.2, 0.21, 0.15, 0.2, 0.2])).not.toThrow();
    expect(() => through([0.2, 0.2])).not.toThrow();
  });

  it('waits for enough steps where an epoch has few', () => {
    const watch = trainingWatch(prior);
    for (let epoch = 0; epoch < 20; epoch++) {
      watch.step({ basic: prior }, 1);
      watch.epoch(prior);
    }
    expect(() => {
      for (let step = 0; step < 200; step++) watch.step({ basic: prior }, 1);
      watch.epoch(prior);
    }).toThrow(expect.objectContaining({ code: 'training-stuck' }));
  });

  it('stops at once at a value that is not finite, naming it', () => {
    expect(() => trainingWatch(prior).step({ basic: 1, contrastive: NaN }, 1)).toThrow(/"contrastive" is NaN/);
    expect(() => trainingWatch(prior).step({ basic: 1 }, Infinity)).toThrow(/features are not finite/);
  });

  it('stops when no feature has fired for some steps, not after one', () => {
    const watch = trainingWatch(prior);
    for (let step = 0; step < 4; step++) watch.step({ basic: 1 }, 0);
    watch.step({ basic: 1 }, 0.5);
    for (let step = 0; step < 4; step++) watch.step({ basic: 1 }, 0);
    expect(() => watch.step({ basic: 1 }, 0)).toThrow(expect.objectContaining({ code: 'training-diverged' }));
  });
});
