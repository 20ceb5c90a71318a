import { IGNORE, type ByteImage, type LabelMap } from '../../../shared/types.js';
import { checkLabel, checkSameSize, emptyConfusion, type Confusion } from './confusion.js';
import { metricsOf, type Ratio } from './metrics.js';

/** A score map with the label it argues for. */
export interface LabelScores {
  /** 1-based label, class + 1. */
  label: number;
  /** uint8 [height, width], score times 255. */
  map: ByteImage;
}

/** Background levels tried: scores have 256 values, so no other threshold could give another mask. */
export const LEVELS = 256;

/**
 * How often each best score occurs, by true label and best label: enough to know the confusion matrix of every
 * background threshold after one look at each pixel. Pairs that never occur take no memory.
 */
export interface ScoreHistogram {
  labels: number;
  /** By true label * labels + best label: float64 [256] counts of the best score. */
  pairs: Map<number, Float64Array>;
}

export const emptyHistogram = (labels: number): ScoreHistogram => ({ labels, pairs: new Map() });

function countsOf({ labels, pairs }: ScoreHistogram, pair: number): Float64Array {
  checkLabel(Math.floor(pair / labels), labels, 'the ground truth');
  const found = pairs.get(pair) ?? new Float64Array(LEVELS);
  pairs.set(pair, found);
  return found;
}

/**
 * The best label of each pixel and its score; a tie goes to the lower label, no map at all gives background. Both uint8
 * [height, width].
 */
function bestOf(scores: readonly LabelScores[], count: number): { label: Uint8Array; score: Uint8Array } {
  const label = new Uint8Array(count);
  const score = new Uint8Array(count);
  const ordered = [...scores].sort((a, b) => a.label - b.label);
  for (const { label: own, map } of ordered) {
    for (let i = 0; i < count; i++) {
      if (map.data[i] > score[i]) {
        score[i] = map.data[i];
        label[i] = own;
      }
    }
  }
  return { label, score };
}

/** Adds one image to the histogram, in place. Throws `size-mismatch`, `label-unknown`. */
export function countScores(histogram: ScoreHistogram, truth: LabelMap, scores: readonly LabelScores[]): void {
  for (const { map } of scores) checkSameSize(truth, map);
  const { labels } = histogram;
  const { label, score } = bestOf(scores, truth.data.length);
  const rows: (Float64Array | undefined)[] = [];
  for (let i = 0; i < label.length; i++) {
    if (truth.data[i] === IGNORE) continue;
    const pair = truth.data[i] * labels + label[i];
    (rows[pair] ??= countsOf(histogram, pair))[score[i]]++;
  }
}

/** The mask at a background level: the best label where its score is above level, else background. */
export function maskAtLevel(
  scores: readonly LabelScores[],
  level: number,
  { width, height }: { width: number; height: number },
): LabelMap {
  const { label, score } = bestOf(scores, width * height);
  return { width, height, data: label.map((own, i) => (score[i] > level ? own : 0)) };
}

/** Confusion matrix at every background level, 0..255, from the highest down, without looking at pixels again. */
function* confusionsDownwards({ labels, pairs }: ScoreHistogram): Generator<{ level: number; confusion: Confusion }> {
  const confusion = emptyConfusion(labels);
  for (const [pair, counts] of pairs) {
    const background = Math.floor(pair / labels) * labels;
    confusion.counts[background] += counts.reduce((sum, count) => sum + count, 0);
  }
  for (let level = LEVELS - 1; level >= 0; level--) {
    yield { level, confusion };
    // One level down, the pixels whose best score is this level pass from background to their best label.
    for (const [pair, counts] of pairs) {
      const background = Math.floor(pair / labels) * labels;
      confusion.counts[background] -= counts[level];
      confusion.counts[pair] += counts[level];
    }
  }
}

/** mIoU over the background threshold, and where it is best. */
export interface ThresholdSweep {
  /** Level 0..255 with the highest mIoU, the lowest of equals; 0 where no level has one. */
  bestLevel: number;
  /** mIoU by level: a pixel is foreground where its best score is above level / 255. */
  mIoU: Ratio[];
}

/** The mIoU of every background threshold. */
export function sweepThresholds(histogram: ScoreHistogram): ThresholdSweep {
  const mIoU = new Array<Ratio>(LEVELS).fill(null);
  for (const { level, confusion } of confusionsDownwards(histogram)) mIoU[level] = metricsOf(confusion).mIoU;
  const best = Math.max(...mIoU.map((value) => value ?? -1));
  return { bestLevel: Math.max(0, mIoU.indexOf(best)), mIoU };
}
