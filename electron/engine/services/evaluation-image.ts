import { z } from 'zod';
import { StudioError } from '../../../shared/errors.js';
import type { Evaluation, ImageScore } from '../../../shared/evaluation.js';
import type { Cause } from '../../../shared/failure-causes.js';
import { truthConventions, type ImageRecord } from '../../../shared/project.js';
import type { ByteImage, LabelMap } from '../../../shared/types.js';
import { imageClasses } from '../evaluate/compare.js';
import { checkSameSize } from '../evaluate/confusion.js';
import { errorMap } from '../evaluate/error-kinds.js';
import { errorRegions, type ErrorRegion } from '../evaluate/regions.js';
import { outcomeMap } from '../evaluate/report/error-map.js';
import { LEVELS } from '../evaluate/thresholds.js';
import type { Project } from '../project/project.js';
import { imageCauses } from './evaluation-causes.js';
import { readMask, readTruth, type EvaluationRequest } from './evaluation-files.js';

/** Pieces of wrong pixels that are listed of an image. */
const REGIONS = 40;

/** Settings that evaluateSet records beside what a result says itself. */
const recordedSchema = z.object({
  groundTruth: z.string().nullish(),
  convention: z.enum(truthConventions).nullish(),
  corrected: z.boolean().nullish(),
});

/** What an evaluation was asked for with, as far as its pictures depend on it. */
export function requestOf({ store }: Project, { name, kind, set, against }: Evaluation): EvaluationRequest {
  const recorded = recordedSchema.safeParse(store.artifact('evaluation', name)?.settings);
  const { groundTruth, convention, corrected } = recorded.success ? recorded.data : {};
  return {
    kind,
    set,
    corrected: corrected ?? undefined,
    against: against ?? undefined,
    groundTruth: groundTruth ?? undefined,
    convention: convention ?? undefined,
  };
}

/** The two label maps that were compared, as their files are now. Throws what reading throws; `file-missing` without truth. */
export async function comparedMaps(
  project: Project,
  evaluation: Evaluation,
  image: ImageRecord,
): Promise<{ truth: LabelMap; mask: LabelMap }> {
  const request = requestOf(project, evaluation);
  const level = Math.round((evaluation.threshold?.best ?? 0) * (LEVELS - 1));
  const truth = await readTruth(project, request, image);
  if (!truth) {
    throw new StudioError({
      code: 'file-missing',
      message: 'the image has no ground truth any more',
      file: image.id,
      remedy: 'Evaluate again.',
    });
  }
  const mask = await readMask(project, request, image, level);
  checkSameSize(truth, mask);
  return { truth, mask };
}

/** What became of every pixel, as a picture whose bytes are places in `outcomes`. */
export async function outcomePicture(project: Project, evaluation: Evaluation, image: ImageRecord): Promise<ByteImage> {
  const { truth, mask } = await comparedMaps(project, evaluation, image);
  return outcomeMap(truth, mask);
}

/** One image of an evaluation. */
export interface EvaluatedImage {
  score: ImageScore;
  /** IoU of its labels; empty where the result does not keep pairs. */
  classes: { label: number; name: string; iou: number }[];
  regions: ErrorRegion[];
  causes: Cause[];
}

/** Everything about one image of an evaluation but its pictures. Throws what comparedMaps throws. */
export async function evaluatedImage(
  project: Project,
  evaluation: Evaluation,
  image: ImageRecord,
): Promise<EvaluatedImage> {
  const score = evaluation.perImage.find(({ id }) => id === image.id);
  if (!score) {
    throw new StudioError({
      code: 'file-missing',
      message: `"${image.id}" is not among the images of the evaluation "${evaluation.name}"`,
      file: image.id,
      remedy: 'It was left out of the figures; the list of skipped images says why.',
    });
  }
  const { truth, mask } = await comparedMaps(project, evaluation, image);
  return {
    score,
    classes: [...imageClasses(score)]
      .map(([label, iou]) => ({ label, name: evaluation.perClass[label]?.name ?? String(label), iou }))
      .sort((a, b) => a.label - b.label),
    regions: errorRegions(errorMap(truth, mask), REGIONS),
    causes: await imageCauses(project, requestOf(project, evaluation), image, truth, mask),
  };
}
