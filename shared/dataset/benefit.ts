/**
 * What an image's benefit of being looked at is made of, each 0..1 and a score of that name. A term is unknown where a mask
 * set does not say which maps or saliency it was made from.
 */
export const benefitTerms = ['disagreement', 'doubt', 'rarity', 'risk'] as const;
export type BenefitTerm = (typeof benefitTerms)[number];

/** Terms of one image; null where one is unknown. */
export type BenefitTerms = Readonly<Record<BenefitTerm, number | null>>;

/**
 * Expected benefit, 0..1: the mean of the known terms by their weights; 0 where no term that counts is known.
 *
 * @param weights at least 0; only their ratios count
 */
export function benefitOf(terms: BenefitTerms, weights: Readonly<Record<BenefitTerm, number>>): number {
  let [sum, total] = [0, 0];
  for (const term of benefitTerms) {
    const value = terms[term];
    if (value === null) continue;
    sum += weights[term] * value;
    total += weights[term];
  }
  return total > 0 ? sum / total : 0;
}
