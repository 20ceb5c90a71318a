import type { MaskSettings } from '../settings/index.js';
import type { ByteImage, LabelMap } from '../types.js';

/** A localization map of one class: uint8 [height, width], 0..255, as `maps/<name>/{id}_{class}.png` holds it. */
export interface ClassMap {
  /** 0-based class. */
  classIndex: number;
  map: ByteImage;
}

/** What a rule sees of one image. Every map and the saliency map are of the image's size. */
export interface FusionInputs {
  width: number;
  height: number;
  /** Image-level labels, 0-based, in the order of the label file. */
  classes: readonly number[];
  /** Maps of the labels, those that exist; any order. */
  maps: readonly ClassMap[];
  saliency: ByteImage | null;
}

/** How likely each label is at each pixel. */
export interface LabelProbabilities {
  /** Background (0) and the labels that the image may have, ascending. */
  labels: readonly number[];
  /** float32 [height, width, labels]: a distribution at each pixel. */
  data: Float32Array;
}

/** Whether a rule can do without a kind of input, works better with it, or never looks at it. */
export type Need = 'required' | 'optional' | 'unused';

/** One way to turn maps and saliency into a label map: a file of this folder and a line in registry.ts. */
export interface FusionRule {
  name: MaskSettings['rule'];
  needs: { maps: Need; saliency: Need };
  /** Label map of the image: 0 background, class + 1, 255 ignore. Pure: equal inputs give equal bytes. */
  fuse(inputs: FusionInputs, settings: MaskSettings): LabelMap;
  /** For refiners, where the rule has scores: their argmax, a tie the lower label, is the label map of `fuse`. */
  probabilities?(inputs: FusionInputs, settings: MaskSettings): LabelProbabilities;
}

/** Maps in the order of their classes, so that a tie goes to the lower class whatever order the labels came in. */
export function byClass(maps: readonly ClassMap[]): ClassMap[] {
  return [...maps].sort((a, b) => a.classIndex - b.classIndex);
}

/** Smallest and largest byte of a map. */
export function byteRange(data: Uint8Array): { min: number; max: number } {
  let min = 255;
  let max = 0;
  for (const value of data) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
