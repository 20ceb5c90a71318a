import type { MaskSettings } from '../../../shared/settings/index.js';
import { byClass, byteRange, type FusionRule } from './rule.js';

/** float32 [256]: score 0..1 of each byte of a map. */
function scoresOf(data: Uint8Array, scaling: MaskSettings['plain.scaling']): Float32Array {
  const { min, max } = scaling === 'min-max' ? byteRange(data) : { min: 0, max: 255 };
  const range = max - min || 1;
  return Float32Array.from({ length: 256 }, (_, byte) => Math.min(1, Math.max(0, (byte - min) / range)));
}

/**
 * Argmax against a background score. A pixel's foreground score is w * saliency/255 + (1 - w) * (best class's scaled
 * map), w = `saliencyWeight`; below `background` the pixel is background, else it has the best class, a tie the lower
 * one. Without a saliency map w is 0 and the threshold `mapsBackground`. No pixel is ignored. With w = 1 saliency alone decides between fore- and
 * background, and the maps which class.
 */
export const plainRule: FusionRule = {
  name: 'plain',
  needs: { maps: 'required', saliency: 'optional' },
  fuse({ width, height, maps, saliency }, settings) {
    const labels = new Uint8Array(width * height);
    const weight = saliency ? settings['plain.saliencyWeight'] : 0;
    const threshold = saliency ? settings['plain.background'] : settings['plain.mapsBackground'];
    const channels = byClass(maps).map(({ classIndex, map }) => ({
      label: classIndex + 1,
      data: map.data,
      score: scoresOf(map.data, settings['plain.scaling']),
    }));
    if (channels.length === 0) return { width, height, data: labels };
    for (let i = 0; i < labels.length; i++) {
      let best = -1;
      let label = 0;
      for (const { label: own, data, score } of channels) {
        const value = score[data[i]];
        if (value > best) {
          best = value;
          label = own;
        }
      }
      const salient = saliency ? saliency.data[i] / 255 : 0;
      if (weight * salient + (1 - weight) * best >= threshold) labels[i] = label;
    }
    return { width, height, data: labels };
  },
};
