import { StudioError } from '../../../shared/errors.js';
import { pairsOf, type Evaluation, type ImageScore } from '../../../shared/evaluation.js';
import type { Ratio } from './metrics.js';

/** A figure in both results; the change is null where one of them has none. */
export interface Change {
  before: Ratio;
  after: Ratio;
  change: number | null;
}

/** A label in two results, of all images or of one. */
export interface ClassChange extends Change {
  label: number;
  name: string;
}

/** An image that both results have. */
export interface ImageChange extends Change {
  id: string;
  /** IoU of its labels, the largest change first; empty where a result does not keep pairs. */
  classes: ClassChange[];
}

/** Figures that a comparison begins with. */
export const comparedFigures = ['mIoU', 'pixelAccuracy', 'boundaryIoU', 'meanClassAccuracy', 'labelledShare'] as const;
export type ComparedFigure = (typeof comparedFigures)[number];

export interface Comparison {
  before: string;
  after: string;
  figures: Record<ComparedFigure, Change>;
  classes: ClassChange[];
  /** What became worst comes first; of equals, by id. */
  images: ImageChange[];
  better: number;
  worse: number;
  same: number;
  /** Images that only one of them has. */
  onlyBefore: number;
  onlyAfter: number;
}

/** Change of mean IoU below which an image counts as the same: a pixel or two of a photo. */
export const SAME = 1e-4;

const changeOf = (before: Ratio, after: Ratio): Change => ({
  before,
  after,
  change: before === null || after === null ? null : after - before,
});

/** IoU of each label of an image from its pairs; labels in neither map are missing. */
export function imageClasses(score: Pick<ImageScore, 'pairs'>): Map<number, number> {
  const sums = new Map<number, { hit: number; union: number }>();
  const add = (label: number, hit: number, union: number): void => {
    const sum = sums.get(label) ?? { hit: 0, union: 0 };
    sums.set(label, { hit: sum.hit + hit, union: sum.union + union });
  };
  for (const { truth, given, pixels } of pairsOf(score)) {
    add(truth, truth === given ? pixels : 0, pixels);
    if (truth !== given) add(given, 0, pixels);
  }
  return new Map([...sums].map(([label, { hit, union }]) => [label, hit / union]));
}

function imageChange(before: ImageScore, after: ImageScore, names: readonly string[]): ImageChange {
  const [was, is] = [imageClasses(before), imageClasses(after)];
  const labels = was.size > 0 && is.size > 0 ? new Set([...was.keys(), ...is.keys()]) : [];
  const classes = [...labels].map((label) => ({
    label,
    name: names[label] ?? String(label),
    ...changeOf(was.get(label) ?? null, is.get(label) ?? null),
  }));
  const size = ({ change }: Change): number => Math.abs(change ?? 0);
  return {
    id: before.id,
    ...changeOf(before.mIoU, after.mIoU),
    classes: classes.sort((a, b) => size(b) - size(a) || a.label - b.label),
  };
}

/** Throws `usage` where two results tell other classes apart. */
function checkComparable(before: Evaluation, after: Evaluation): void {
  const names = ({ perClass }: Evaluation): string => JSON.stringify(perClass.map(({ name }) => name));
  if (names(before) === names(after)) return;
  throw new StudioError({
    code: 'usage',
    message: `"${before.name}" and "${after.name}" tell other classes apart, so their figures cannot be compared`,
    remedy: 'Compare two results of masks or maps, or two of saliency, made since the classes last changed.',
  });
}

/**
 * Two results image by image: what became better or worse. Means over all images are compared as they are, images and
 * their classes only where both have them. Throws `usage` for results of other classes.
 */
export function compareEvaluations(before: Evaluation, after: Evaluation): Comparison {
  checkComparable(before, after);
  const names = after.perClass.map(({ name }) => name);
  const was = new Map(before.perImage.map((score) => [score.id, score]));
  const images: ImageChange[] = [];
  for (const score of after.perImage) {
    const old = was.get(score.id);
    if (old) images.push(imageChange(old, score, names));
  }
  // Images without a figure in one of them are neither better nor worse.
  images.sort((a, b) => (a.change ?? 0) - (b.change ?? 0) || (a.id < b.id ? -1 : 1));
  const count = (test: (change: number) => boolean): number => images.filter(({ change }) => test(change ?? 0)).length;
  const figures = Object.fromEntries(
    comparedFigures.map((figure) => [figure, changeOf(before[figure], after[figure])]),
  ) as Comparison['figures'];
  return {
    before: before.name,
    after: after.name,
    figures,
    classes: names.map((name, label) => ({
      label,
      name,
      ...changeOf(before.perClass[label].iou, after.perClass[label].iou),
    })),
    images,
    better: count((change) => change > SAME),
    worse: count((change) => change < -SAME),
    same: count((change) => Math.abs(change) <= SAME),
    onlyBefore: before.perImage.length - images.length,
    onlyAfter: after.perImage.length - images.length,
  };
}
