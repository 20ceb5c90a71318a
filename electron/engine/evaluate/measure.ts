import { StudioError, errorDetails } from '../../../shared/errors.js';
import { PAIRS_KEPT, type ImageScore } from '../../../shared/evaluation.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { Failure, LabelMap } from '../../../shared/types.js';
import { countBoundary, emptyBoundaryCounts, type BoundaryCounts } from './boundary.js';
import { addConfusion, confusionOf, emptyConfusion, undecidedAsBackground, type Confusion } from './confusion.js';
import { addErrors, countErrors, flatErrors, type ErrorCounts } from './error-kinds.js';
import { marginsOf, metricsOf } from './metrics.js';

/** An image whose mask is compared with its ground truth. */
export interface MeasuredImage {
  id: string;
  /** Null where the image has none. */
  readTruth(): Promise<LabelMap | null>;
  readMask(): Promise<LabelMap>;
}

/** Sums over all images, and the figures of each. */
export interface Measured {
  confusion: Confusion;
  boundary: BoundaryCounts;
  errors: ErrorCounts;
  /** Images whose ground truth has a label, by label. */
  classImages: number[];
  /** Worst first; of equals, by id. */
  scores: ImageScore[];
  withoutTruth: string[];
  failures: Failure[];
}

/** Images read at a time, while one is counted. */
export const IN_FLIGHT = 4;

/** The pairs of an image that are kept, as `ImageScore` has them. */
function largestPairs({ labels, counts }: Confusion): number[] {
  const pairs: [number, number][] = [];
  counts.forEach((pixels, at) => pixels > 0 && pairs.push([at, pixels]));
  return pairs
    .sort(([a, more], [b, less]) => less - more || a - b)
    .slice(0, PAIRS_KEPT)
    .flatMap(([at, pixels]) => [Math.floor(at / labels), at % labels, pixels]);
}

/** Figures of one image from its own matrix and errors. */
export function scoreOf(id: string, confusion: Confusion, errors: ErrorCounts = new Map()): ImageScore {
  const folded = undecidedAsBackground(confusion);
  const { mIoU, pixelAccuracy } = metricsOf(folded);
  let [total, missed, invented, confused] = [0, 0, 0, 0];
  folded.counts.forEach((count, at) => {
    const [wanted, given] = [Math.floor(at / folded.labels), at % folded.labels];
    total += count;
    if (wanted === given) return;
    if (given === 0) missed += count;
    else if (wanted === 0) invented += count;
    else confused += count;
  });
  const undecided = confusion.undecided.reduce((sum, count) => sum + count, 0);
  const share = (part: number): number => part / (total || 1);
  return {
    id,
    mIoU,
    pixelAccuracy,
    missed: share(missed),
    invented: share(invented),
    confused: share(confused),
    undecided: share(undecided),
    pairs: largestPairs(folded),
    errors: flatErrors(errors),
  };
}

/** Worst first; an image without a figure (all ignored) comes last. */
function byScore(a: ImageScore, b: ImageScore): number {
  return (a.mIoU ?? 2) - (b.mIoU ?? 2) || (a.id < b.id ? -1 : 1);
}

/** Sorts in place, so that the order of reading leaves no trace. */
export function sortFailures(failures: Failure[]): Failure[] {
  return failures.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
}

/** A thrown value as the failure of an image that the figures go without. */
export function leftOut(id: string, error: unknown): Failure {
  const { code, message, file } = errorDetails(error);
  return { id, file: file ?? id, code, reason: message, action: 'left out of the figures' };
}

/**
 * Compares masks with ground truth; `labels` is K + 1. An image that cannot be read or does not fit is a failure, the
 * rest goes on. The result does not depend on the order in which images are read. After an abort it is incomplete.
 */
export async function measureMasks(
  images: Iterable<MeasuredImage>,
  count: number,
  labels: number,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Measured> {
  const confusion = emptyConfusion(labels);
  const boundary = emptyBoundaryCounts(labels);
  const errors: ErrorCounts = new Map();
  const classImages = new Array<number>(labels).fill(0);
  const measured: Measured = { confusion, boundary, errors, classImages, scores: [], withoutTruth: [], failures: [] };
  let done = 0;

  const measure = async ({ id, readTruth, readMask }: MeasuredImage): Promise<void> => {
    const truth = await readTruth();
    if (!truth) {
      measured.withoutTruth.push(id);
      return;
    }
    const mask = await readMask().catch((error: unknown) => {
      if (errorDetails(error).code !== 'file-missing') throw error;
      throw new StudioError({ ...errorDetails(error), message: 'the set has nothing of this image' });
    });
    const own = confusionOf(truth, mask, labels);
    addConfusion(confusion, own);
    marginsOf(own).rows.forEach((row, label) => row > 0 && classImages[label]++);
    countBoundary(boundary, truth, mask);
    const wrong = countErrors(truth, mask);
    addErrors(errors, wrong);
    measured.scores.push(scoreOf(id, own, wrong));
  };

  await forEachInFlight(
    images,
    IN_FLIGHT,
    async (image) => {
      await measure(image).catch((error: unknown) => measured.failures.push(leftOut(image.id, error)));
      onProgress({ stage: 'measuring', done: ++done, total: count, unit: 'images' });
    },
    signal,
  );
  measured.scores.sort(byScore);
  measured.withoutTruth.sort();
  sortFailures(measured.failures);
  return measured;
}
