import type { MaskSettings } from '../settings/index.js';
import { IGNORE } from '../types.js';
import { byClass, byteRange, type FusionRule } from './rule.js';

/** What the published code adds to a map's range; it only matters for a map without contrast, which scales to 0. */
const RANGE_EPSILON = 1e-8;

/** A byte of a channel, looked up: maps have 256 values, so no pixel is ever divided twice. */
interface Channel {
  label: number;
  data: Uint8Array;
  /** float32 [256]: score of a byte; below the foreground threshold 0. */
  score: Float32Array;
  /** uint8 [256]: 1 where the score is above the conflict threshold. */
  strong: Uint8Array;
  /** uint8 [256]: 1 where attention alone makes a pixel salient. */
  salient: Uint8Array;
}

/**
 * A channel whose score of byte v is `scoreOf(v)`. Scores and their comparisons are float32, as in the published code,
 * but for attention, which it compares in float64; ties and thresholds come out the same only so.
 */
function channel(label: number, data: Uint8Array, scoreOf: (byte: number) => number, settings: MaskSettings): Channel {
  const foreground = Math.fround(settings['reference.foreground']);
  const conflict = Math.fround(settings['reference.conflict']);
  const raw = Float32Array.from({ length: 256 }, (_, byte) => scoreOf(byte));
  return {
    label,
    data,
    score: raw.map((score) => (score < foreground ? 0 : score)),
    strong: Uint8Array.from(raw, (score) => Number(score > conflict)),
    salient: Uint8Array.from(raw, (score) => Number(score > settings['reference.attentionAsSaliency'])),
  };
}

function mapChannel(label: number, data: Uint8Array, settings: MaskSettings): Channel {
  const { min, max } = byteRange(data);
  const range = Math.fround(Math.fround(max - min) + Math.fround(RANGE_EPSILON));
  return channel(label, data, (byte) => (byte - min) / range, settings);
}

/**
 * The rule of the published code. Channel 0 is 1 - saliency/255, channel c + 1 the map of class c scaled to 0..1 by its
 * smallest and largest value. Scores below `foreground` become 0; the largest score gives the label, a tie the lower
 * one; more than one score above `conflict` gives ignore. Then background becomes ignore where saliency, or a map above
 * `attentionAsSaliency`, says that something is there. An image with less than `minimumForeground` foreground is
 * ignored whole.
 */
export const referenceRule: FusionRule = {
  name: 'reference',
  needs: { maps: 'required', saliency: 'required' },
  fuse({ width, height, maps, saliency }, settings) {
    const count = width * height;
    const salient = saliency!.data;
    const background = channel(0, salient, (byte) => 1 - Math.fround(byte / 255), settings);
    const channels = [
      background,
      ...byClass(maps).map(({ classIndex, map }) => mapChannel(classIndex + 1, map.data, settings)),
    ];
    const minimumSaliency = settings['reference.backgroundSaliency'];
    const labels = new Uint8Array(count);
    let foreground = 0;
    for (let i = 0; i < count; i++) {
      let best = -1;
      let label = 0;
      let strong = 0;
      let attended = 0;
      for (const { label: own, data, score, strong: isStrong, salient: isSalient } of channels) {
        const byte = data[i];
        if (score[byte] > best) {
          best = score[byte];
          label = own;
        }
        strong += isStrong[byte];
        if (own > 0) attended |= isSalient[byte];
      }
      if (strong > 1) label = IGNORE;
      else if (label === 0 && (attended ? 255 : salient[i]) >= minimumSaliency) label = IGNORE;
      if (label !== 0 && label !== IGNORE) foreground++;
      labels[i] = label;
    }
    if (foreground / count < settings['reference.minimumForeground']) labels.fill(IGNORE);
    return { width, height, data: labels };
  },
};
