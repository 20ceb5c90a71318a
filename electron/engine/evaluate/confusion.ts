import { StudioError } from '../../../shared/errors.js';
import { IGNORE, type LabelMap } from '../../../shared/types.js';

/** Counts of pixels by true and given label; label 0 is the background. Pixels whose truth is 255 are not in it. */
export interface Confusion {
  /** Number of labels, background included: K + 1. */
  labels: number;
  /** float64 [labels, labels], row-major: pixels of true label (row) that the mask gives a label (column). */
  counts: Float64Array;
  /** float64 [labels]: pixels of a true label that the mask leaves undecided (255). */
  undecided: Float64Array;
}

/** A matrix of zeros. Sums of pixels stay exact up to 2^53, some 10^10 photos. */
export function emptyConfusion(labels: number): Confusion {
  return { labels, counts: new Float64Array(labels * labels), undecided: new Float64Array(labels) };
}

/** Adds `part` to `total`, in place: ratios are taken of the sum over all images, as VOC does. */
export function addConfusion(total: Confusion, part: Confusion): void {
  part.counts.forEach((count, at) => (total.counts[at] += count));
  part.undecided.forEach((count, at) => (total.undecided[at] += count));
}

/** Throws `size-mismatch` unless both maps have the same width and height. */
export function checkSameSize(truth: LabelMap, mask: { width: number; height: number }): void {
  if (truth.width === mask.width && truth.height === mask.height) return;
  throw new StudioError({
    code: 'size-mismatch',
    message: `it is ${mask.width}x${mask.height}, the ground truth ${truth.width}x${truth.height}`,
    remedy: 'Make it again from the photo that the ground truth belongs to.',
  });
}

/** Throws `label-unknown` for a label beyond the classes. */
export function checkLabel(label: number, labels: number, where: string): void {
  if (label < labels) return;
  throw new StudioError({
    code: 'label-unknown',
    message: `${where} has label ${label}, but the classes end at ${labels - 1}`,
    remedy: 'Check that the project lists every class, in the order of the label maps.',
  });
}

/**
 * Confusion matrix of one image. Every pair of bytes is counted first and the pairs sorted out after, so a pixel costs
 * one addition. Throws `size-mismatch`, and `label-unknown` for a label that is neither a class nor 255.
 */
export function confusionOf(truth: LabelMap, mask: LabelMap, labels: number): Confusion {
  checkSameSize(truth, mask);
  const pairs = new Uint32Array(256 * 256);
  for (let i = 0; i < truth.data.length; i++) pairs[(truth.data[i] << 8) | mask.data[i]]++;
  const confusion = emptyConfusion(labels);
  for (let pair = 0; pair < IGNORE << 8; pair++) {
    if (pairs[pair] === 0) continue;
    const [wanted, given] = [pair >> 8, pair & 255];
    checkLabel(wanted, labels, 'the ground truth');
    if (given === IGNORE) {
      confusion.undecided[wanted] = pairs[pair];
      continue;
    }
    checkLabel(given, labels, 'the mask');
    confusion.counts[wanted * labels + given] = pairs[pair];
  }
  return confusion;
}

/** The same counts with undecided pixels taken for background: how a mask is read where 255 has no meaning. */
export function undecidedAsBackground({ labels, counts, undecided }: Confusion): Confusion {
  const folded = counts.slice();
  undecided.forEach((count, label) => (folded[label * labels] += count));
  return { labels, counts: folded, undecided: new Float64Array(labels) };
}

/** The same counts without undecided pixels: how good the mask is where it says something. */
export function undecidedLeftOut({ labels, counts }: Confusion): Confusion {
  return { labels, counts, undecided: new Float64Array(labels) };
}
