import { z } from 'zod';
import { errorCodes } from './errors.js';

/** A figure of 0 to 1, or null where it is undefined: nothing of the kind occurs. */
const ratio = z.number().min(0).max(1).nullable();
const pixels = z.number().int().min(0);

/** What can be compared with ground truth. */
export const evaluationKinds = ['masks', 'predictions', 'maps', 'saliency'] as const;
export type EvaluationKind = (typeof evaluationKinds)[number];

/** Before the name of predictions that stand in for ground truth; no name of a set holds a slash. */
const PREDICTIONS = 'predictions/';

/** How a set that stands in for ground truth is written: a mask set by its name, predictions as `predictions/NAME`. */
export const againstText = (kind: 'masks' | 'predictions', name: string): string =>
  kind === 'masks' ? name : `${PREDICTIONS}${name}`;

/** The set that stands in for ground truth, from how it is written: see againstText. */
export const againstSet = (against: string): { kind: 'masks' | 'predictions'; name: string } =>
  against.startsWith(PREDICTIONS)
    ? { kind: 'predictions', name: against.slice(PREDICTIONS.length) }
    : { kind: 'masks', name: against };

/**
 * What is wrong about a wrong pixel, one kind each (docs/evaluation.md, "Kinds of errors"): its object was not found at all;
 * an object was seen where there is none; it was taken for another class; the edge is a little off; only a part of
 * its object was found, as class-activation maps do.
 */
export const errorKinds = ['missed-object', 'invented-object', 'wrong-class', 'boundary', 'part-only'] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** Confused pairs of labels kept of an image, the largest: a bound for files of 100,000 images. */
export const PAIRS_KEPT = 32;

/** Figures of one label. Those without `Labelled` count undecided pixels (255 in a mask) as background. */
export const classScoreSchema = z.object({
  /** 0 background, class + 1. */
  label: z.number().int().min(0),
  name: z.string(),
  iou: ratio,
  /** IoU with undecided pixels left out. */
  iouLabelled: ratio,
  precision: ratio,
  recall: ratio,
  boundaryIoU: ratio,
  truthPixels: pixels,
  maskPixels: pixels,
  /** Images whose ground truth has it; null in files of version 1. */
  images: pixels.nullable().default(null),
});
export type ClassScore = z.infer<typeof classScoreSchema>;

/** Figures of one image; shares are of its pixels with ground truth. */
export const imageScoreSchema = z.object({
  id: z.string(),
  /** Mean IoU over the labels in its ground truth or mask, undecided pixels as background. */
  mIoU: ratio,
  pixelAccuracy: ratio,
  /** Share of object pixels called background (false negatives), undecided ones included. */
  missed: z.number(),
  /** Share of background pixels called an object (false positives). */
  invented: z.number(),
  /** Share of object pixels called another class. */
  confused: z.number(),
  /** Share of undecided pixels. */
  undecided: z.number(),
  /**
   * Pixels by true and given label, undecided as background: true label, given label, pixels, and so on; the largest
   * first, PAIRS_KEPT at most. Empty in files of version 1.
   */
  pairs: z.array(pixels).default([]),
  /** Wrong pixels: label that they are about, place in `errorKinds`, pixels, and so on. Empty in files of version 1. */
  errors: z.array(pixels).default([]),
});
export type ImageScore = z.infer<typeof imageScoreSchema>;

/** How far scores can be taken for probabilities, by bins of equal width. */
export const calibrationSchema = z.object({
  /** Mean of |accuracy - confidence| over pixels, 0..1: the expected calibration error. */
  error: z.number(),
  bins: z.array(
    z.object({
      pixels,
      /** Mean score, 0..1; null in an empty bin. */
      confidence: ratio,
      /** Share of pixels that truly have the label which the score argues for. */
      accuracy: ratio,
    }),
  ),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** evaluations/<name>.json, and what `comask evaluate --json` prints. Pixels without ground truth (255) are in nothing. */
export const evaluationSchema = z.object({
  /** 2 since images keep their pairs and errors; what version 1 lacks is empty or null. */
  version: z.union([z.literal(1), z.literal(2)]),
  name: z.string(),
  kind: z.enum(evaluationKinds),
  /** Name of the set. */
  set: z.string(),
  split: z.string().nullable(),
  /** The set that stood in for ground truth (see againstText): the figures are agreement. Null for ground truth. */
  against: z.string().nullable().default(null),
  /** Images looked at; `evaluated` of them are in the figures. */
  images: z.number().int(),
  evaluated: z.number().int(),
  /** Ids of images without ground truth. */
  withoutTruth: z.array(z.string()),
  failures: z.array(
    z.object({
      id: z.string().optional(),
      file: z.string(),
      code: z.enum(errorCodes),
      reason: z.string(),
      action: z.string(),
    }),
  ),
  /** Labels without a map file, for maps: they count as background there. */
  missingMaps: z.number().int(),

  /** Undecided pixels counted as background. */
  mIoU: ratio,
  /** Undecided pixels left out. */
  mIoULabelled: ratio,
  pixelAccuracy: ratio,
  pixelAccuracyLabelled: ratio,
  meanClassAccuracy: ratio,
  frequencyWeightedIoU: z.number().min(0),
  /** Mean over labels; Cheng et al., CVPR 2021, strip of 2% of the diagonal. */
  boundaryIoU: ratio,
  /** Share of pixels that the masks decide. */
  labelledShare: ratio,
  perClass: z.array(classScoreSchema),
  /** Pixels by true label (row) and given label (column), undecided ones in `undecided`. */
  confusion: z.array(z.array(pixels)),
  undecided: z.array(pixels),

  /** For scores: the background threshold that the figures above are for, and mIoU at every other. */
  threshold: z
    .object({
      /** A pixel is foreground where its best score, 0..1, is above this. */
      best: z.number(),
      curve: z.array(z.object({ threshold: z.number(), mIoU: ratio })),
    })
    .nullable(),
  /** For scores; null for masks. */
  calibration: calibrationSchema.nullable().default(null),
  /** Wrong pixels of all images, as in those of one. */
  errors: z.array(pixels).default([]),
  /** Worst first. */
  perImage: z.array(imageScoreSchema),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** A pair of labels of an image, with its pixels. */
export interface LabelPair {
  truth: number;
  given: number;
  pixels: number;
}

const triples = (flat: readonly number[]): [number, number, number][] =>
  Array.from({ length: Math.floor(flat.length / 3) }, (_, at) => [flat[at * 3], flat[at * 3 + 1], flat[at * 3 + 2]]);

/** The pairs of an image as records. */
export const pairsOf = ({ pairs }: Pick<ImageScore, 'pairs'>): LabelPair[] =>
  triples(pairs).map(([truth, given, pixels]) => ({ truth, given, pixels }));

/** Errors as records; kinds that a later version may add are left out. */
export const errorsOf = ({
  errors,
}: Pick<ImageScore, 'errors'>): { label: number; kind: ErrorKind; pixels: number }[] =>
  triples(errors).flatMap(([label, kind, pixels]) =>
    errorKinds[kind] === undefined ? [] : [{ label, kind: errorKinds[kind], pixels }],
  );
