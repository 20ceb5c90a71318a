import type { ReferenceCoverage } from '../../../shared/api/references.js';
import { lowerMedian } from '../evaluate/median.js';
import { similarity } from '../learn/localize/references/types.js';
import { unitMean, type ComparedClass } from './compared.js';

/** Cosines are rounded in more than one place: those this near to the measure reach it. */
const ROUNDING = 1e-6;

/** How near the middle image of a class is to the mean of the class, by cosine; null where none is compared. */
export function usualNearness({ images, byId }: ComparedClass): number | null {
  if (images.length === 0) return null;
  const vectors = images.map(({ id }) => byId.get(id)!);
  const centre = unitMean(vectors);
  return lowerMedian(vectors.map((vector) => similarity(centre, vector)))!;
}

/** Whether a cosine reaches a measure. */
export const isNear = (cosine: number, within: number): boolean => cosine >= within - ROUNDING;

/**
 * How much of a class a reference set covers. An image is covered where its nearest reference is at least as near (by cosine)
 * as half of the class's images are to the mean of the class. So the measure follows the class and the run: it asks for more
 * where all images of a class look alike. A reference covers itself. Null where no image of the class is compared.
 */
export function coverageOf(compared: ComparedClass, references: readonly string[]): ReferenceCoverage | null {
  const within = usualNearness(compared);
  if (within === null) return null;
  const { images, byId } = compared;
  const vectors = images.map(({ id }) => byId.get(id)!);
  const set = references.flatMap((id) => byId.get(id) ?? []);
  const nearest = vectors.map((vector) =>
    set.reduce((most, one) => Math.max(most, similarity(one, vector)), -Infinity),
  );
  const covered = nearest.filter((cosine) => isNear(cosine, within)).length;
  return { images: images.length, covered, within };
}
