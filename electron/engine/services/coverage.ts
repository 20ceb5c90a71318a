import type { ReferenceCoverage } from '../../../shared/api/references.js';
import { similarity } from '../learn/localize/references/types.js';
import { unitMean, type ComparedClass } from './compared.js';

/** The middle one of numbers, the lower of two; they are not in order. */
function lowerMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
}

/** Cosines are rounded in more than one place: those this near to the measure reach it. */
const ROUNDING = 1e-6;

/**
 * How much of a class a reference set covers. An image is covered where its nearest reference is at least as near (by cosine)
 * as half of the class's images are to the mean of the class. So the measure follows the class and the run: it asks for more
 * where all images of a class look alike. A reference covers itself. Null where no image of the class is compared.
 */
export function coverageOf({ images, byId }: ComparedClass, references: readonly string[]): ReferenceCoverage | null {
  if (images.length === 0) return null;
  const vectors = images.map(({ id }) => byId.get(id)!);
  const centre = unitMean(vectors);
  const within = lowerMedian(vectors.map((vector) => similarity(centre, vector)));
  const set = references.flatMap((id) => byId.get(id) ?? []);
  const nearest = vectors.map((vector) =>
    set.reduce((most, one) => Math.max(most, similarity(one, vector)), -Infinity),
  );
  const covered = nearest.filter((cosine) => cosine >= within - ROUNDING).length;
  return { images: images.length, covered, within };
}
