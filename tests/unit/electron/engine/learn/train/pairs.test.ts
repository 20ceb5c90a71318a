import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainSettings } from '../../../../../../shared/settings/index.js';
import { domains, type Domain } from '../../../../../../shared/types.js';
import { pairSampler, type PairSettings } from '../../../../../../electron/engine/learn/train/pairs.js';
import type { TrainingImage } from '../../../../../../electron/engine/learn/train/types.js';

const images = (labels: number[][]): TrainingImage[] =>
  labels.map((classes, i) => ({ id: `${i}`, classes, domain: 'target' }));

const settings = (values: Partial<PairSettings>): PairSettings => ({ ...trainSettings.defaults(), ...values });

const labelLists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 12,
});

describe.each(['image', 'label'] as const)('pairs with partner by %s', (partner) => {
  it('takes every labelled image once as the first, with a partner that shares a label', () => {
    fc.assert(
      fc.property(labelLists, fc.nat(1000), fc.nat(3), (labels, seed, epoch) => {
        const pairs = pairSampler(images(labels), settings({ seed, 'pairs.partner': partner })).pairsOf(epoch);
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
    const many = images(Array.from({ length: 40 }, (_, i) => [i % 3]));
    const sampler = pairSampler(many, settings({ seed: 5, 'pairs.partner': partner }));
    expect(sampler.pairsOf(2)).toEqual(sampler.pairsOf(2));
    expect(sampler.pairsOf(2)).not.toEqual(sampler.pairsOf(3));
  });
});

/** How often each image is image 0's partner, as a share of `epochs`. */
function partnersOfFirst(labels: number[][], partner: 'image' | 'label', epochs = 6000): number[] {
  const sampler = pairSampler(images(labels), settings({ seed: 3, 'pairs.partner': partner }));
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

describe('images of one domain', () => {
  const labels = [[0, 1], [0], [1, 2], [2], [], [3], [0, 2], [1]];

  // A seed promises a result: these pairs are those of the sampler before there were domains to choose between.
  it.each([
    ['image', '[[7,2],[5,5],[1,6],[6,0],[3,2],[0,6],[2,3]]', '[[6,3],[1,0],[0,1],[3,6],[7,0],[2,7],[5,5]]'],
    ['label', '[[7,2],[5,5],[1,1],[6,6],[3,6],[0,6],[2,2]]', '[[6,3],[1,0],[0,0],[3,3],[7,7],[2,3],[5,5]]'],
  ] as const)('have the same pairs whatever the settings of domains, partner by %s', (partner, first, second) => {
    for (const cross of [0, 0.5, 1]) {
      const values = settings({ seed: 7, 'pairs.partner': partner, 'pairs.cross': cross, 'pairs.first.web': 3 });
      const sampler = pairSampler(images(labels), values);
      expect(JSON.stringify(sampler.pairsOf(0))).toBe(first);
      expect(JSON.stringify(sampler.pairsOf(1))).toBe(second);
    }
  });
});

/** Images of three domains, `count` of each and class, so that every pair of domains can pair. */
const mixedImages = (count: number, classes = 3): TrainingImage[] =>
  domains.flatMap((domain) =>
    Array.from({ length: count * classes }, (_, i) => ({ id: `${domain}-${i}`, classes: [i % classes], domain })),
  );

describe.each(['image', 'label'] as const)('pairs of several domains, partner by %s', (partner) => {
  const times = fc.constantFrom(0, 0.25, 0.5, 1, 1.5, 2);

  it('start in each domain as often as settings say, and cross between domains in the proportion they say', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.constantFrom(0, 0.2, 0.5, 0.9, 1), times, times, times, (seed, cross, a, b, c) => {
        const all = mixedImages(4);
        const sampler = pairSampler(
          all,
          settings({
            seed,
            'pairs.partner': partner,
            'pairs.cross': cross,
            'pairs.first.target': a,
            'pairs.first.single-label': b,
            'pairs.first.web': c,
          }),
        );
        const perEpoch = { target: a * 12, 'single-label': b * 12, web: c * 12 };
        const epochs = 60;
        let [pairs, crossing] = [0, 0];
        for (let epoch = 0; epoch < epochs; epoch++) {
          const drawn = sampler.pairsOf(epoch);
          expect(drawn.length).toBe(sampler.count);
          const firsts = (domain: Domain): number => drawn.filter(([first]) => all[first].domain === domain).length;
          for (const domain of domains) expect(firsts(domain)).toBe(perEpoch[domain]);
          for (const [first, second] of drawn) expect(all[second].classes).toEqual(all[first].classes);
          pairs += drawn.length;
          crossing += drawn.filter(([first, second]) => all[first].domain !== all[second].domain).length;
        }
        // Five standard deviations of a binomial share, and no more: a wrong proportion would not pass.
        const bound = pairs === 0 ? 0 : 5 * Math.sqrt((cross * (1 - cross)) / pairs);
        if (pairs > 0) expect(Math.abs(crossing / pairs - cross)).toBeLessThanOrEqual(bound + 1e-12);
        expect(sampler.pairsOf(3)).toEqual(sampler.pairsOf(3));
      }),
      { seed: 12, numRuns: 25 },
    );
  });

  it('come from the side that has a partner where the other has none', () => {
    const lonely: TrainingImage[] = [
      { id: 'a', classes: [0], domain: 'target' },
      { id: 'b', classes: [0], domain: 'web' },
      { id: 'c', classes: [1], domain: 'web' },
      { id: 'd', classes: [1], domain: 'web' },
    ];
    for (const cross of [0, 1]) {
      const pairs = pairSampler(lonely, settings({ 'pairs.partner': partner, 'pairs.cross': cross })).pairsOf(0);
      const partners = Object.fromEntries(pairs);
      expect([partners[0], partners[1]]).toEqual([1, 0]);
      expect([2, 3]).toContain(partners[2]);
    }
  });
});

describe('several domains', () => {
  it('an epoch of half an image takes other images in another epoch', () => {
    const values = settings({ 'pairs.first.target': 0.5, 'pairs.first.single-label': 0, 'pairs.first.web': 0 });
    const sampler = pairSampler(mixedImages(10), values);
    const firsts = (epoch: number): number[] => sampler.pairsOf(epoch).map(([first]) => first);
    expect(new Set(firsts(0)).size).toBe(15);
    expect(firsts(0).sort()).not.toEqual(firsts(1).sort());
  });
});
