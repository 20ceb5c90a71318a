import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairSampler } from '../../../../../../electron/engine/learn/train/pairs.js';
import type { TrainingImage } from '../../../../../../electron/engine/learn/train/types.js';

const images = (labels: number[][]): TrainingImage[] =>
  labels.map((classes, i) => ({ id: `${i}`, classes, domain: 'target' }));

const labelLists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 12,
});

describe.each(['image', 'label'] as const)('pairs with partner by %s', (partner) => {
  it('takes every labelled image once as the first, with a partner that shares a label', () => {
    fc.assert(
      fc.property(labelLists, fc.nat(1000), fc.nat(3), (labels, seed, epoch) => {
        const pairs = pairSampler(images(labels), { seed, 'pairs.partner': partner }).pairsOf(epoch);
        const labelled = labels.flatMap((classes, i) => (classes.length > 0 ? [i] : []));
        expect(pairs.map(([first]) => first).sort((a, b) => a - b)).toEqual(labelled);
        for (const [first, second] of pairs) {
          expect(labels[first].some((classIndex) => labels[second].includes(classIndex))).toBe(true);
        }
      }),
      { seed: 11 },
    );
  });

  it('gives the same pairs for an epoch again, and others for another', () => {
    const sampler = pairSampler(images(Array.from({ length: 40 }, (_, i) => [i % 3])), {
      seed: 5,
      'pairs.partner': partner,
    });
    expect(sampler.pairsOf(2)).toEqual(sampler.pairsOf(2));
    expect(sampler.pairsOf(2)).not.toEqual(sampler.pairsOf(3));
  });
});

/** How often each image is image 0's partner, as a share of `epochs`. */
function partnersOfFirst(labels: number[][], partner: 'image' | 'label', epochs = 6000): number[] {
  const sampler = pairSampler(images(labels), { seed: 3, 'pairs.partner': partner });
  const counts = labels.map(() => 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    counts[sampler.pairsOf(epoch).find(([first]) => first === 0)![1]] += 1 / epochs;
  }
  return counts;
}

describe('distribution of partners', () => {
  // Image 1 shares both labels of image 0, images 2 to 4 share label 1 only, image 5 none.
  const labels = [[0, 1], [0, 1], [1], [1], [1], [2]];

  it('by image: every other image that shares a label is equally likely', () => {
    partnersOfFirst(labels, 'image').forEach((share, i) => {
      expect(share).toBeCloseTo([0, 0.25, 0.25, 0.25, 0.25, 0][i], 1);
    });
  });

  it('by label: the label is drawn first, the image itself included', () => {
    // Label 0 has images 0 and 1, label 1 has images 0 to 4.
    const expected = [1 / 4 + 1 / 10, 1 / 4 + 1 / 10, 1 / 10, 1 / 10, 1 / 10, 0];
    partnersOfFirst(labels, 'label').forEach((share, i) => expect(share).toBeCloseTo(expected[i], 1));
  });

  it('by image: an image that is alone with its labels is its own partner', () => {
    expect(partnersOfFirst([[3], [1]], 'image', 5)[0]).toBeCloseTo(1);
  });
});
