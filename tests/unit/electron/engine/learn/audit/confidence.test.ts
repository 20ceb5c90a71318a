import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confidentImages,
  labelConfidence,
  leastConfident,
  rankByClass,
  suggestionFor,
  type ImageScores,
} from '../../../../../../electron/engine/learn/audit/confidence.js';
import { random } from '../../../../../../electron/engine/learn/random.js';

const scores = (id: string, probabilities: number[], more: Partial<ImageScores> = {}): ImageScores => ({
  id,
  domain: 'web',
  classes: [0],
  probabilities: Float32Array.from(probabilities),
  ...more,
});

describe('the confidence of a label', () => {
  it('is the weighted geometric mean, and the probability where nothing can be compared', () => {
    expect(labelConfidence(0.9, 0.4, 0.5)).toBeCloseTo(0.6);
    expect(labelConfidence(0.9, 0.4, 0)).toBeCloseTo(0.9);
    expect(labelConfidence(0.9, 0.4, 1)).toBeCloseTo(0.4);
    expect(labelConfidence(0.9, null, 0.5)).toBe(0.9);
    expect(labelConfidence(0, 0.9, 0.5)).toBe(0);
  });

  it('suggests the likeliest class that is no label already, only where it is likelier', () => {
    const image = scores('a', [0.2, 0.9, 0.6], { classes: [0, 1] });
    expect(suggestionFor(image, 0)).toBe(2);
    expect(suggestionFor(image, 1)).toBeNull();
    expect(suggestionFor(scores('b', [0.5, 0.5]), 0)).toBeNull();
  });
});

describe('images to compare with', () => {
  const images = [
    scores('low', [0.1, 0.9], { domain: 'target' }),
    scores('b', [0.7, 0]),
    scores('a', [0.7, 0], { classes: [0, 1] }),
    scores('single', [0.99, 0], { domain: 'single-label' }),
  ];
  const ranked = rankByClass(images);

  it('are ranked by the classifier, equal ones by id', () => {
    expect(ranked.get(0)!.map(({ id }) => id)).toEqual(['single', 'a', 'b', 'low']);
    expect(ranked.get(1)!.map(({ id }) => id)).toEqual(['a']);
  });

  it('are others of the same domain or of the target', () => {
    const idsFor = (of: ImageScores, count: number): string[] => confidentImages(ranked.get(0)!, of, count).map(({ id }) => id); // prettier-ignore
    expect(idsFor(images[1], 5)).toEqual(['a', 'low']);
    expect(idsFor(images[1], 1)).toEqual(['a']);
    expect(idsFor(images[0], 5)).toEqual([]);
    expect(idsFor(images[3], 5)).toEqual(['low']);
  });
});

describe('the least confident labels', () => {
  const labels = fc.array(
    fc.record({
      imageId: fc.string({ minLength: 1, maxLength: 3 }),
      classIndex: fc.nat(3),
      confidence: fc.constantFrom(0, 0.1, 0.2, 0.5, 1),
    }),
    { maxLength: 40 },
  );

  it('are that share of each class, none of them surer than one that is left', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom(0, 0.2, 0.5, 1), (all, share) => {
        const chosen = leastConfident(all, share);
        for (const classIndex of [0, 1, 2, 3]) {
          const own = all.filter((label) => label.classIndex === classIndex);
          const worst = chosen.filter((label) => label.classIndex === classIndex);
          expect(worst.length).toBe(Math.round(share * own.length));
          const left = own.filter((label) => !worst.includes(label)).map(({ confidence }) => confidence);
          for (const { confidence } of worst) expect(left.every((other) => other >= confidence)).toBe(true);
        }
        expect(leastConfident([...all].reverse(), share).map(({ confidence }) => confidence)).toEqual(
          chosen.map(({ confidence }) => confidence),
        );
      }),
      { seed: 21 },
    );
  });

  it('are mostly the wrong ones where two unsure judges see each label', () => {
    const rng = random(4, 'planted');
    const judged = Array.from({ length: 600 }, (_, i) => {
      const wrong = i % 10 < 3;
      const seen = (): number => Math.min(0.99, Math.max(0.01, (wrong ? 0.35 : 0.65) + 0.6 * (rng() - 0.5)));
      const [p, a] = [seen(), seen()];
      return { imageId: `${i}`, classIndex: i % 4, wrong, p, confidence: labelConfidence(p, a, 0.5) };
    });
    const precision = (confidenceOf: (label: (typeof judged)[number]) => number): number => {
      const chosen = leastConfident(
        judged.map((label) => ({ ...label, confidence: confidenceOf(label) })),
        0.2,
      );
      return chosen.filter(({ wrong }) => wrong).length / chosen.length;
    };
    expect(precision(({ confidence }) => confidence)).toBeGreaterThan(0.9);
    expect(precision(({ confidence }) => confidence)).toBeGreaterThan(precision(({ p }) => p));
  });
});
