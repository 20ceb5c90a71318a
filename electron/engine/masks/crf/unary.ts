import { IGNORE } from '../../../../shared/types.js';

/** Unary energies -ln max(p, `clip`) of probabilities, elementwise. */
export function unaryFromProbabilities(probabilities: Float32Array, clip: number): Float32Array {
  return probabilities.map((probability) => -Math.log(Math.max(probability, clip)));
}

/**
 * Unary energies, float32 [points, labels], of a label map that is right with probability `confidence`, each other label
 * being as likely: -ln confidence, else -ln((1 - confidence) / (labels - 1)). Ignored pixels have the same energy for
 * every label. `labels` lists the labels of the map, two or more.
 */
export function unaryFromLabels(map: Uint8Array, labels: readonly number[], confidence: number): Float32Array {
  const own = -Math.log(confidence);
  const other = -Math.log((1 - confidence) / (labels.length - 1));
  const unary = new Float32Array(map.length * labels.length).fill(other);
  const channelOf = new Int32Array(256).fill(-1);
  labels.forEach((label, channel) => (channelOf[label] = channel));
  map.forEach((label, point) => {
    const from = point * labels.length;
    if (label === IGNORE) unary.fill(0, from, from + labels.length);
    else unary[from + channelOf[label]] = own;
  });
  return unary;
}
