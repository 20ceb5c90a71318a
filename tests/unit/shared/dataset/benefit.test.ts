import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benefitOf, benefitTerms, type BenefitTerms } from '../../../../shared/dataset/benefit.js';
import { queueSettings } from '../../../../shared/settings/index.js';

const weights = { disagreement: 0.4, doubt: 0.3, rarity: 0.1, risk: 0.2 };
const unknown: BenefitTerms = { disagreement: null, doubt: null, rarity: null, risk: null };

describe('benefit of looking at an image', () => {
  it('is the mean of the terms by their weights', () => {
    expect(benefitOf({ disagreement: 1, doubt: 0.5, rarity: 0, risk: 0.25 }, weights)).toBeCloseTo(0.6, 12);
  });

  it('leaves out unknown terms, and is 0 where nothing is known or counts', () => {
    expect(benefitOf({ ...unknown, doubt: 0.5, risk: 1 }, weights)).toBeCloseTo((0.15 + 0.2) / 0.5, 12);
    expect(benefitOf(unknown, weights)).toBe(0);
    expect(benefitOf({ ...unknown, risk: 1 }, { ...weights, risk: 0 })).toBe(0);
  });

  it('stays within the known terms, and does not fall where a term rises (seed 71)', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const record = fc.tuple(share, share, share, share);
    const named = (values: readonly number[]) => Object.fromEntries(benefitTerms.map((term, k) => [term, values[k]])) as Record<(typeof benefitTerms)[number], number>; // prettier-ignore
    fc.assert(
      fc.property(record, record, fc.nat(3), share, (terms, by, which, more) => {
        fc.pre(by.some((weight) => weight > 1e-6));
        const value = benefitOf(named(terms), named(by));
        expect(value).toBeGreaterThanOrEqual(Math.min(...terms) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...terms) + 1e-9);
        const raised = terms.map((term, k) => (k === which ? Math.max(term, more) : term));
        expect(benefitOf(named(raised), named(by))).toBeGreaterThanOrEqual(value - 1e-9);
      }),
      { seed: 71 },
    );
  });

  it('has a weight for each term among the settings', () => {
    expect(Object.keys(queueSettings.resolve({}))).toEqual([...benefitTerms]);
  });
});
