import { StudioError } from '../../../../shared/errors.js';
import type { LabelMap, RgbImage } from '../../../../shared/types.js';
import { resizeNearest } from '../../images/index.js';
import { labelsOf } from './predict.js';
import type { SegmentContext } from './step.js';

/** Photos with ground truth, and how label maps are measured against it. */
export interface Validation {
  ids: readonly string[];
  read(id: string): Promise<{ photo: RgbImage; truth: LabelMap }>;
  /** A measuring from the beginning. */
  measure(): { add(truth: LabelMap, labels: LabelMap): void; mIoU(): number | null };
}

/**
 * mIoU of the weights in hand, by one view of each photo. A photo that cannot be read is left out; the next is read while
 * one is computed.
 *
 * @param orStop runs what computes, and throws after an abort
 * @param stopIfAborted throws after an abort
 */
export async function validate(
  { tf, segmenter, state, settings }: SegmentContext,
  { ids, read, measure }: Validation,
  orStop: <T>(work: () => T) => T,
  stopIfAborted: () => void,
  onDone: (done: number, total: number) => void,
): Promise<{ mIoU: number | null; images: number }> {
  const view = { scales: [1], mirror: false, longestSide: settings.longestSide };
  const measuring = measure();
  const orNone = (id: string | undefined): Promise<Awaited<ReturnType<Validation['read']>> | null> =>
    id === undefined ? Promise.resolve(null) : read(id).catch(leftOut);
  let next = orNone(ids[0]);
  let images = 0;
  for (let at = 0; at < ids.length; at++) {
    const pair = await next;
    next = orNone(ids[at + 1]);
    stopIfAborted();
    if (pair) {
      const labels = orStop(() => labelsOf(tf, segmenter, state.weights, pair.photo, view));
      measuring.add(pair.truth, resizeNearest(labels, pair.truth.width, pair.truth.height));
      images++;
    }
    onDone(at + 1, ids.length);
  }
  return { mIoU: measuring.mIoU(), images };
}

/** Null for what is wrong with one image; throws the rest. */
function leftOut(error: unknown): null {
  if (error instanceof StudioError) return null;
  throw error;
}
