import { SAME, type ImageChange } from './compare.js';
import { errorsOf, pairsOf, type ErrorKind, type ImageScore } from '../../../shared/evaluation.js';

/** What images of an evaluation are narrowed and ordered by; what is left out means any. */
export interface Ranking {
  /** Images where pixels of this true label were given that one, by their number. */
  pair?: { truth: number; given: number };
  /** Images with errors of this kind, by their pixels. */
  kind?: ErrorKind;
  /** Only what is about this label: with `kind`, errors; alone, images whose truth or mask has it, by its wrong pixels. */
  label?: number;
}

/** An image with the pixels that it is ranked by; null where it is by its mean IoU. */
export interface Ranked {
  score: ImageScore;
  pixels: number | null;
  /** Change of mean IoU that it is ranked by; null where that is not asked for. */
  change: number | null;
}

function pixelsOf(score: ImageScore, { pair, kind, label }: Ranking): number {
  const sum = (parts: { pixels: number }[]): number => parts.reduce((total, { pixels }) => total + pixels, 0);
  if (pair) return sum(pairsOf(score).filter(({ truth, given }) => truth === pair.truth && given === pair.given));
  if (kind) return sum(errorsOf(score).filter((one) => one.kind === kind && (label === undefined || one.label === label))); // prettier-ignore
  return sum(pairsOf(score).filter(({ truth, given }) => truth !== given && (truth === label || given === label)));
}

/**
 * Images in the order in which a person looks at failures: by pixels of a pair, kind or label, the most first, those
 * without any left out; else worst mean IoU first, which is the order of `scores`.
 */
export function rankImages(scores: readonly ImageScore[], ranking: Ranking): Ranked[] {
  if (!ranking.pair && !ranking.kind && ranking.label === undefined)
    return scores.map((score) => ({ score, pixels: null, change: null }));
  return scores
    .map((score) => ({ score, pixels: pixelsOf(score, ranking), change: null }))
    .filter(({ pixels }) => pixels > 0)
    .sort((a, b) => b.pixels - a.pixels || (a.score.id < b.score.id ? -1 : 1));
}

/** Images that became worse or better since another result, the largest change first. */
export function rankChanges(
  scores: readonly ImageScore[],
  changes: readonly ImageChange[],
  to: 'worse' | 'better',
): Ranked[] {
  const sign = to === 'worse' ? -1 : 1;
  const byId = new Map(scores.map((score) => [score.id, score]));
  return changes
    .filter(({ change }) => (change ?? 0) * sign > SAME)
    .sort((a, b) => (b.change! - a.change!) * sign || (a.id < b.id ? -1 : 1))
    .map(({ id, change }) => ({ score: byId.get(id)!, pixels: null, change }));
}
