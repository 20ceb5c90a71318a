/**
 * Why a mask may have failed at a class of an image, as far as what it was made from shows it:
 * the image does not carry the label; it carries one that its truth has not; there is no map of it; its map is hot on a part
 * of the object only; the saliency map passes the object by; there are too few references of the class, or all of them are
 * unlike the image; the refinement took the object away. Of a prediction: the mask that the segmenter has learnt from lacks
 * the object (the causes of which follow); it has it, yet the segmenter did not learn it; few images of the class were there
 * to learn from.
 */
export const causeNames = [
  'label-missing',
  'label-wrong',
  'map-missing',
  'map-part',
  'saliency-missed',
  'references-few',
  'references-far',
  'refinement-removed',
  'mask-lacking',
  'not-learnt',
  'images-few',
] as const;
export type CauseName = (typeof causeNames)[number];

/** A cause with the figures that speak for it: shares are of the object's true pixels, 0..1. */
export interface Cause {
  cause: CauseName;
  /** 1-based label. */
  label: number;
  /** Share of the object that the mask has. */
  found: number;
  /** The figure that tells: a share (of map, saliency, or a mask), a cosine, or a count of references, images or pixels. */
  evidence: number;
  /** What `evidence` is held against: a share, a cosine, or a count; null where nothing is. */
  expected: number | null;
}
