import type { MaskSettings } from '../settings/index.js';
import { byClass, byteRange, type FusionInputs, type FusionRule } from './rule.js';

/**
 * Least distance of a pixel's probability from .5. `fuse` compares scores in float64, threshold included; so close to it
 * float32 would make a tie, which background wins.
 */
const MARGIN = 1e-6;

interface Channel {
  label: number;
  data: Uint8Array;
  /** float32 [256]: score 0..1 of each byte. */
  score: Float32Array;
}

/** float32 [256]: score 0..1 of each byte of a map. */
function scoresOf(data: Uint8Array, scaling: MaskSettings['plain.scaling']): Float32Array {
  const { min, max } = scaling === 'min-max' ? byteRange(data) : { min: 0, max: 255 };
  const range = max - min || 1;
  return Float32Array.from({ length: 256 }, (_, byte) => Math.min(1, Math.max(0, (byte - min) / range)));
}

/** The classes with a map in ascending order, and score and threshold of the foreground. */
function scoring({ maps, saliency }: FusionInputs, settings: MaskSettings) {
  const weight = saliency ? settings['plain.saliencyWeight'] : 0;
  const threshold = saliency ? settings['plain.background'] : settings['plain.mapsBackground'];
  const channels = byClass(maps).map(({ classIndex, map }): Channel => ({
    label: classIndex + 1,
    data: map.data,
    score: scoresOf(map.data, settings['plain.scaling']),
  }));
  /** Index of the channel with the highest score at a pixel, a tie the lower one. */
  const bestAt = (i: number): number => {
    let best = 0;
    for (let k = 1; k < channels.length; k++) {
      if (channels[k].score[channels[k].data[i]] > channels[best].score[channels[best].data[i]]) best = k;
    }
    return best;
  };
  /** Foreground score 0..1 at a pixel whose best class scores `best`. */
  const foreground = (i: number, best: number): number =>
    weight * (saliency ? saliency.data[i] / 255 : 0) + (1 - weight) * best;
  return { channels, threshold, bestAt, foreground };
}

/** Probability that a pixel is foreground rather than background: .5 at the threshold, linear to 0 and 1 beside it. */
function probabilityOf(score: number, threshold: number): number {
  if (score < threshold) return Math.min(0.5 - MARGIN, score / (2 * threshold));
  const above = threshold < 1 ? (score - threshold) / (2 * (1 - threshold)) : 0;
  return Math.max(0.5 + MARGIN, 0.5 + above);
}

/**
 * Argmax against a background score. A pixel's foreground score is w * saliency/255 + (1 - w) * (best class's scaled
 * map), w = `saliencyWeight`; below `background` the pixel is background, else it has the best class, a tie the lower
 * one. Without a saliency map w is 0 and the threshold `mapsBackground`. No pixel is ignored. With w = 1 saliency alone
 * decides between fore- and background, and the maps which class.
 */
export const plainRule: FusionRule = {
  name: 'plain',
  needs: { maps: 'required', saliency: 'optional' },
  fuse(inputs, settings) {
    const { width, height } = inputs;
    const labels = new Uint8Array(width * height);
    const { channels, threshold, bestAt, foreground } = scoring(inputs, settings);
    if (channels.length === 0) return { width, height, data: labels };
    for (let i = 0; i < labels.length; i++) {
      const { label, score, data } = channels[bestAt(i)];
      if (foreground(i, score[data[i]]) >= threshold) labels[i] = label;
    }
    return { width, height, data: labels };
  },
  /**
   * With p the probability of foreground, background weighs 1 - p, the best class p, and every other class p times its
   * share of the best class's map; divided by their sum. So background is compared with the best class alone, as in
   * `fuse`, however many classes there are. Where all maps are 0 nothing tells classes apart and all weigh p.
   */
  probabilities(inputs, settings) {
    const { channels, threshold, bestAt, foreground } = scoring(inputs, settings);
    const labels = [0, ...channels.map(({ label }) => label)];
    const data = new Float32Array(inputs.width * inputs.height * labels.length);
    if (channels.length === 0) return { labels, data: data.fill(1) };
    for (let i = 0, from = 0; from < data.length; i++, from += labels.length) {
      const top = channels[bestAt(i)];
      const best = top.score[top.data[i]];
      const p = probabilityOf(foreground(i, best), threshold);
      const weights = [1 - p, ...channels.map(({ score, data }) => (best > 0 ? (p * score[data[i]]) / best : p))];
      const sum = weights.reduce((total, weight) => total + weight);
      for (let k = 0; k < labels.length; k++) data[from + k] = weights[k] / sum;
    }
    return { labels, data };
  },
};
