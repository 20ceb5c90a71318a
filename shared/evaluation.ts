import { z } from 'zod';
import { errorCodes } from './errors.js';

/** A figure of 0 to 1, or null where it is undefined: nothing of the kind occurs. */
const ratio = z.number().min(0).max(1).nullable();
const pixels = z.number().int().min(0);

/** What can be compared with ground truth. */
export const evaluationKinds = ['masks', 'predictions', 'maps', 'saliency'] as const;
export type EvaluationKind = (typeof evaluationKinds)[number];

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
});
export type ImageScore = z.infer<typeof imageScoreSchema>;

/** evaluations/<name>.json, and what `comask evaluate --json` prints. Pixels without ground truth (255) are in nothing. */
export const evaluationSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  kind: z.enum(evaluationKinds),
  /** Name of the set. */
  set: z.string(),
  split: z.string().nullable(),
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
  /** Worst first. */
  perImage: z.array(imageScoreSchema),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
