import type { Domain } from '../../../../shared/types.js';

/** What the classifier makes of one image. */
export interface ImageScores {
  id: string;
  domain: Domain;
  /** Its labels, 0-based. */
  classes: readonly number[];
  /** Probability of every class, float32 [K] in 0..1. */
  probabilities: Float32Array;
}

/**
 * Confidence of a label: the weighted geometric mean of the classifier's probability `p` and the agreement `a` with the
 * class's confident images, `p^(1-w) a^w`. A label needs both: one small factor makes it doubtful.
 *
 * @param probability 0..1
 * @param agreement 0..1; null where there was no image to compare with, which leaves the probability alone
 * @param share the weight `w`, 0..1
 * @returns 0..1
 */
export function labelConfidence(probability: number, agreement: number | null, share: number): number {
  return agreement === null ? probability : probability ** (1 - share) * agreement ** share;
}

/** The likeliest class that is not among an image's labels, where it is likelier than the label in question; else null. */
export function suggestionFor(
  { classes, probabilities }: Pick<ImageScores, 'classes' | 'probabilities'>,
  classIndex: number,
): number | null {
  let best: number | null = null;
  probabilities.forEach((probability, other) => {
    if (classes.includes(other) || probability <= probabilities[best ?? classIndex]) return;
    best = other;
  });
  return best;
}

/** Images of each class, those first that the classifier is surest of; equal ones in order of id. */
export function rankByClass(images: readonly ImageScores[]): Map<number, ImageScores[]> {
  const ranked = new Map<number, ImageScores[]>();
  for (const image of images) {
    for (const classIndex of image.classes) {
      const members = ranked.get(classIndex);
      if (members) members.push(image);
      else ranked.set(classIndex, [image]);
    }
  }
  for (const [classIndex, members] of ranked) {
    const sureness = ({ probabilities }: ImageScores): number => probabilities[classIndex];
    members.sort((a, b) => sureness(b) - sureness(a) || (a.id < b.id ? -1 : 1));
  }
  return ranked;
}

/** The first `count` of a class's ranked images that an image is compared with: others of its own domain or the target. */
export function confidentImages(
  ranked: readonly ImageScores[],
  { id, domain }: Pick<ImageScores, 'id' | 'domain'>,
  count: number,
): ImageScores[] {
  const chosen: ImageScores[] = [];
  for (const other of ranked) {
    if (chosen.length === count) break;
    if (other.id !== id && (other.domain === domain || other.domain === 'target')) chosen.push(other);
  }
  return chosen;
}

/**
 * The least confident labels of each class: `share` of them, rounded.
 *
 * @param labels in any order
 * @returns by class, the lowest confidence first; equal ones in order of id
 */
export function leastConfident<Label extends { imageId: string; classIndex: number; confidence: number }>(
  labels: readonly Label[],
  share: number,
): Label[] {
  const sorted = [...labels].sort(
    (a, b) => a.classIndex - b.classIndex || a.confidence - b.confidence || (a.imageId < b.imageId ? -1 : 1),
  );
  const sizes = new Map<number, number>();
  for (const { classIndex } of sorted) sizes.set(classIndex, (sizes.get(classIndex) ?? 0) + 1);
  const taken = new Map<number, number>();
  return sorted.filter(({ classIndex }) => {
    const place = taken.get(classIndex) ?? 0;
    taken.set(classIndex, place + 1);
    return place < Math.round(share * sizes.get(classIndex)!);
  });
}
