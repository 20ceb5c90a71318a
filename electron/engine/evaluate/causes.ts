import type { Cause, CauseName } from '../../../shared/failure-causes.js';
import type { ByteImage, LabelMap } from '../../../shared/types.js';
import { COVERED, FOUND } from './error-kinds.js';

/** What is known of a class in an image. Shares are of its true pixels; null where nothing of the kind took part. */
export interface ClassFacts {
  /** 1-based label. */
  label: number;
  /** Whether the image carries it as a label. */
  labelled: boolean;
  truthPixels: number;
  maskPixels: number;
  /** Share that the mask calls so. */
  found: number;
  /** Share where its map is hot; 'missing' where there should be a map and is none. */
  map: number | 'missing' | null;
  /** Share that the saliency map takes for an object. */
  saliency: number | null;
  references: ReferenceFacts | null;
  /** Share that the mask called so before it was refined. */
  beforeRefinement: number | null;
}

/** What an image was compared with for the map of a class. */
export interface ReferenceFacts {
  /** Images that could serve as references, and how many were asked for. */
  available: number;
  wanted: number;
  /** Cosine to the nearest of those that were used, and the one that is usual in the class; null where images are not compared. */
  nearness: { nearest: number; usual: number } | null;
}

/** A class in an image that a segmenter was asked about. */
export interface PredictedFacts {
  /** 1-based label. */
  label: number;
  truthPixels: number;
  /** Share of the true pixels that the prediction calls so. */
  found: number;
  /** Of the mask that it has learnt of this very image; null where it has not learnt from the image. */
  learnt: ClassFacts | null;
  /** Images with the class that there were to learn from, and how many there are of a usual class; null where not known. */
  images: { count: number; usual: number } | null;
}

/** A map is hot where it reaches this share of its highest value: Zhou et al., CVPR 2016, section 3.2. */
export const HOT = 0.2;
/** Value of a saliency map from which a pixel is taken for an object's. */
export const SALIENT = 128;

/** Share of the pixels of `truth` with that label which pass a test, 0 where there are none. */
export function shareOf(truth: LabelMap, label: number, test: (i: number) => boolean): number {
  let [all, passed] = [0, 0];
  for (let i = 0; i < truth.data.length; i++) {
    if (truth.data[i] !== label) continue;
    all++;
    if (test(i)) passed++;
  }
  return all > 0 ? passed / all : 0;
}

/** Share of an object where its map is hot. */
export function hotShare(truth: LabelMap, label: number, map: ByteImage): number {
  const level = HOT * map.data.reduce((most, value) => Math.max(most, value), 0);
  return shareOf(truth, label, (i) => map.data[i] > 0 && map.data[i] >= level);
}

/** Causes of a failure at one class, the likeliest first; none where at least half of it was found. */
export function causesOf(facts: ClassFacts): Cause[] {
  const { label, labelled, truthPixels, maskPixels, found, map, saliency, references, beforeRefinement } = facts;
  const causes: Cause[] = [];
  const add = (cause: CauseName, evidence: number, expected: number | null): void => {
    causes.push({ cause, label, found, evidence, expected });
  };
  if (truthPixels === 0) {
    if (labelled && maskPixels > 0) add('label-wrong', maskPixels, null);
    return causes;
  }
  if (found >= COVERED) return causes;
  if (!labelled) add('label-missing', truthPixels, null);
  if (beforeRefinement !== null && beforeRefinement - found >= FOUND)
    add('refinement-removed', beforeRefinement, found);
  if (map === 'missing') {
    // Without the label nobody would have made a map.
    if (labelled) add('map-missing', 0, null);
  } else if (map !== null && map < COVERED) add('map-part', map, COVERED);
  if (saliency !== null && saliency < COVERED) add('saliency-missed', saliency, COVERED);
  if (labelled && references !== null && references.available < references.wanted)
    add('references-few', references.available, references.wanted);
  const nearness = labelled ? references?.nearness : undefined;
  if (nearness && nearness.nearest < nearness.usual) add('references-far', nearness.nearest, nearness.usual);
  return causes;
}

/** Share of the usual number of images of a class from which on there are few to learn from. */
const FEW = 0.5;

/**
 * Causes of a failure of a prediction at one class, the likeliest first; none where at least half of it was found. What the
 * mask that was learnt from lacks has the causes of that mask; of an image that was not learnt from only the class tells.
 */
export function predictionCausesOf({ label, truthPixels, found, learnt, images }: PredictedFacts): Cause[] {
  // A label that the truth has not is learnt from all the same.
  if (truthPixels === 0) return learnt ? causesOf(learnt) : [];
  if (found >= COVERED) return [];
  if (learnt && learnt.found < COVERED) {
    return [{ cause: 'mask-lacking', label, found, evidence: learnt.found, expected: COVERED }, ...causesOf(learnt)];
  }
  const causes: Cause[] = [];
  if (learnt) causes.push({ cause: 'not-learnt', label, found, evidence: learnt.found, expected: null });
  if (images && images.count < FEW * images.usual)
    causes.push({ cause: 'images-few', label, found, evidence: images.count, expected: images.usual });
  return causes;
}
