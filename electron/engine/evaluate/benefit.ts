import type { BenefitTerms } from '../../../shared/dataset/benefit.js';
import type { ClassMap } from '../../../shared/fusion/rule.js';
import { surveyOf } from '../../../shared/label-map/survey.js';
import { IGNORE, type ByteImage, type LabelMap } from '../../../shared/types.js';

/** What is known of an image; everything of the mask's size. */
export interface BenefitInputs {
  mask: LabelMap;
  /** Image-level labels, 0-based. */
  classes: readonly number[];
  /** Maps of those labels, 0..255; null where the set was made without, or does not say from which. */
  maps: readonly ClassMap[] | null;
  /** 0..255, or null. */
  saliency: ByteImage | null;
  /** Images of the project that carry each class. */
  classCounts: readonly number[];
}

/** Share of ignored pixels, and number of islands, that are as bad a sign as can be. */
const MOST_IGNORED = 0.5;
const MOST_ISLANDS = 10;

/** The terms of an image's benefit, each 0..1; see the functions below. */
export function benefitTermsOf({ mask, classes, maps, saliency, classCounts }: BenefitInputs): BenefitTerms {
  return {
    disagreement: disagreement(mask, maps && foreground(maps, mask.data.length), saliency?.data ?? null),
    doubt: maps && doubt(mask, maps),
    rarity: rarity(classes, classCounts),
    risk: risk(mask, classes),
  };
}

/** The greatest map at each pixel, 0..255. */
function foreground(maps: readonly ClassMap[], pixels: number): Uint8Array {
  const peak = new Uint8Array(pixels);
  for (const { map } of maps) for (let i = 0; i < pixels; i++) peak[i] = Math.max(peak[i], map.data[i]);
  return peak;
}

/**
 * 1 - the mean agreement of each two of map, saliency and mask about what is foreground, over the pixels that the mask
 * decides. Two of them agree by the weighted Jaccard index (Ruzicka): the sum of minima by the sum of maxima, which is the
 * IoU where both are 0 or 1, and needs no threshold. Two that are empty agree. Null with the mask alone.
 */
export function disagreement(mask: LabelMap, map: Uint8Array | null, saliency: Uint8Array | null): number | null {
  if (!map && !saliency) return null;
  const own = mask.data.map((label) => (label > 0 ? 255 : 0));
  const fields = [own, map, saliency].filter((field) => field !== null);
  const pairs = fields.flatMap((a, at) => fields.slice(at + 1).map((b) => agreement(mask.data, a, b)));
  return 1 - pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

function agreement(labels: Uint8Array, a: Uint8Array, b: Uint8Array): number {
  let [least, most] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === IGNORE) continue;
    least += Math.min(a[i], b[i]);
    most += Math.max(a[i], b[i]);
  }
  return most === 0 ? 1 : least / most;
}

/** 1 - the mean of each foreground pixel's map, that of its own label; 1 where there is no foreground. */
export function doubt({ data }: LabelMap, maps: readonly ClassMap[]): number {
  const byLabel: (Uint8Array | undefined)[] = [];
  for (const { classIndex, map } of maps) byLabel[classIndex + 1] = map.data;
  let [sum, pixels] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0 || data[i] === IGNORE) continue;
    sum += byLabel[data[i]]?.[i] ?? 0;
    pixels++;
  }
  return pixels === 0 ? 1 : 1 - sum / (255 * pixels);
}

/** 1 - the images of its rarest class by those of the project's most frequent one; 0 without labels. */
export function rarity(classes: readonly number[], classCounts: readonly number[]): number {
  const most = classCounts.reduce((greatest, count) => Math.max(greatest, count), 0);
  if (classes.length === 0 || most === 0) return 0;
  return 1 - Math.min(...classes.map((index) => classCounts[index] ?? 0)) / most;
}

/**
 * How probably something is wrong, by cheap signs taken as independent, 1 - the product of (1 - sign): the share of
 * labels without a pixel, ignored pixels (half of the mask: 1), islands (ten: 1).
 */
export function risk(mask: LabelMap, classes: readonly number[]): number {
  const { counts, islands } = surveyOf(mask);
  const empty = classes.filter((index) => counts[index + 1] === 0).length;
  const number = islands.reduce((sum, [, count]) => sum + count, 0);
  const signs = [
    classes.length === 0 ? 0 : empty / classes.length,
    Math.min(1, counts[IGNORE] / mask.data.length / MOST_IGNORED),
    Math.min(1, number / MOST_ISLANDS),
  ];
  return 1 - signs.reduce((product, sign) => product * (1 - sign), 1);
}
