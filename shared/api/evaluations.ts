import { z } from 'zod';
import { classScoreSchema, errorKinds, evaluationSchema, imageScoreSchema } from '../evaluation.js';
import { causeNames } from '../failure-causes.js';
import { roundSchema } from '../rounds.js';
import { failureSchema, idSchema, nameSchema, numberText, projectParams } from './common.js';
import { imageSchema } from './images.js';
import { route } from './route.js';

const evaluationParams = projectParams.extend({ name: nameSchema });
const imageParams = evaluationParams.extend({ id: idSchema });
const label = numberText(z.number().int().min(0).max(254));
const place = numberText(z.number().int().min(0));

const summarySchema = evaluationSchema
  .pick({
    name: true,
    kind: true,
    set: true,
    split: true,
    against: true,
    images: true,
    evaluated: true,
    mIoU: true,
    pixelAccuracy: true,
    boundaryIoU: true,
  })
  .extend({
    /** ISO 8601, UTC: when it was made, or for a file that came from elsewhere, when it was written. */
    createdAt: z.string(),
  });
export type EvaluationSummary = z.infer<typeof summarySchema>;

const change = {
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Null where one of them has no figure. */
  change: z.number().nullable(),
};
const classChange = z.object({ label: z.number().int(), name: z.string(), ...change });
const imageChange = z.object({ id: z.string(), ...change, classes: z.array(classChange) });

/** A page of images in the order of `rankImages`. */
const evaluatedPage = z.object({
  total: z.number().int(),
  images: z.array(
    z.object({
      score: imageScoreSchema,
      /** Pixels that it is ranked by; null where that is its mean IoU. */
      pixels: z.number().int().nullable(),
      /** Change of mean IoU since the baseline, where it is ranked by that. */
      change: z.number().nullable(),
      /** Null for one that is no longer in the project. */
      image: imageSchema.nullable(),
    }),
  ),
});

const boxSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

const picture = (which: string, summary: string) =>
  route({
    method: 'GET',
    path: `/api/projects/:project/evaluations/:name/images/:id/${which}`,
    summary,
    params: imageParams,
    query: z.object({ v: z.string().max(64).optional() }),
    answer: 'picture',
  });

export const evaluationRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations',
    summary: 'the evaluations of a project with their main figures, the latest first, and files that cannot be read',
    params: projectParams,
    answer: z.object({ evaluations: z.array(summarySchema), failures: z.array(failureSchema) }),
  }),
  rounds: route({
    method: 'GET',
    path: '/api/projects/:project/rounds',
    summary: 'every measuring in the order of time, with the masks made by hand and the segmenter that it rests on',
    params: projectParams,
    answer: z.object({ rounds: z.array(roundSchema) }),
  }),
  figures: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations/:name/figures',
    summary: 'the figures of an evaluation without its images; of what was left out the first, and how many there are',
    params: evaluationParams,
    answer: evaluationSchema.omit({ perImage: true }).extend({
      perClass: z.array(classScoreSchema),
      withoutTruthCount: z.number().int(),
      failureCount: z.number().int(),
    }),
  }),
  images: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations/:name/images',
    summary: 'a page of its images: worst first, or by pixels of a confused pair, kind of error or label, or by change',
    params: evaluationParams,
    query: z.object({
      /** With `given`: images in which pixels of this true label were given that one. */
      truth: label.optional(),
      given: label.optional(),
      error: z.enum(errorKinds).optional(),
      label: label.optional(),
      /** With `changed`: images that became worse or better since this evaluation. */
      baseline: nameSchema.optional(),
      changed: z.enum(['worse', 'better']).optional(),
      offset: place.default(0),
      limit: numberText(z.number().int().min(1).max(200)).default(60),
    }),
    answer: evaluatedPage,
  }),
  image: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations/:name/images/:id',
    summary:
      'one of its images: figures, IoU of its labels, the largest pieces of error, and what may have caused them',
    params: imageParams,
    answer: z.object({
      score: imageScoreSchema,
      classes: z.array(z.object({ label: z.number().int(), name: z.string(), iou: z.number() })),
      regions: z.array(
        z.object({ kind: z.enum(errorKinds), label: z.number().int(), pixels: z.number().int(), box: boxSchema }),
      ),
      causes: z.array(
        z.object({
          cause: z.enum(causeNames),
          label: z.number().int(),
          found: z.number(),
          evidence: z.number(),
          expected: z.number().nullable(),
        }),
      ),
    }),
  }),
  truth: picture('truth', 'what an image was measured against, as a label map (indexed PNG)'),
  prediction: picture(
    'prediction',
    'what was measured: the mask, or that of scores at the best threshold (indexed PNG)',
  ),
  outcome: picture('outcome', 'what became of each pixel (grey PNG): 0 background, 1 object, 2 missed, 3 invented, 4 confused, 5 ignored'), // prettier-ignore
  compare: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations/:name/comparison',
    summary:
      'what became better or worse since another evaluation, by class, and a page of images, the worst change first',
    params: evaluationParams,
    query: z.object({
      baseline: nameSchema,
      order: z.enum(['worse', 'better']).default('worse'),
      offset: place.default(0),
      limit: numberText(z.number().int().min(1).max(200)).default(60),
    }),
    answer: z.object({
      figures: z.record(z.string(), z.object(change)),
      classes: z.array(classChange),
      images: z.array(imageChange),
      total: z.number().int(),
      better: z.number().int(),
      worse: z.number().int(),
      same: z.number().int(),
      onlyBefore: z.number().int(),
      onlyAfter: z.number().int(),
    }),
  }),
} as const;
