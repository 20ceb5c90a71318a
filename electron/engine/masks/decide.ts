import type { LabelProbabilities } from '../../../shared/fusion/rule.js';
import type { LabelMap } from '../../../shared/types.js';

/**
 * The labels out of `allowed` that come above `least` somewhere, and background: what a refiner need not ask about takes
 * most of its time.
 *
 * @param data float32 [pixels, labels]
 */
export function likelyLabels(data: Float32Array, labels: number, allowed: readonly number[], least: number): number[] {
  const most = new Float32Array(labels);
  for (let from = 0; from < data.length; from += labels) {
    for (let label = 0; label < labels; label++) if (data[from + label] > most[label]) most[label] = data[from + label];
  }
  return allowed.filter((label) => label === 0 || most[label] > least);
}

/**
 * The columns of some labels, as they are.
 *
 * @param data float32 [pixels, labels]
 * @param kept ascending
 */
export function columnsOf(data: Float32Array, labels: number, kept: readonly number[]): LabelProbabilities {
  const columns = new Float32Array((data.length / labels) * kept.length);
  for (let from = 0, to = 0; from < data.length; from += labels) {
    for (const label of kept) columns[to++] = data[from + label];
  }
  return { labels: kept, data: columns };
}

/** The likeliest label at each pixel; a tie goes to the lower one. */
export function likeliest(
  { labels, data }: LabelProbabilities,
  { width, height }: { width: number; height: number },
): LabelMap {
  const map = new Uint8Array(width * height);
  for (let pixel = 0, from = 0; pixel < map.length; pixel++, from += labels.length) {
    let best = 0;
    for (let k = 1; k < labels.length; k++) if (data[from + k] > data[from + best]) best = k;
    map[pixel] = labels[best];
  }
  return { width, height, data: map };
}
