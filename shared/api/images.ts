import { z } from 'zod';
import { reviewStates, tagSchema } from '../dataset/review.js';
import { readCondition, readScoreName } from '../dataset/scores.js';
import { artifactRefSchema, domainSchema, flagText, idSchema, listText, nameSchema, numberText, projectParams } from './common.js'; // prettier-ignore
import { route } from './route.js';

const classIndex = numberText(z.number().int().min(0).max(253));

/** A condition about a score; see ScoreCondition. */
export const conditionSchema = z.string().max(300).refine((text) => readCondition(text) !== null, 'expected a condition such as labels>=2'); // prettier-ignore

/** A score by name; see ScoreName. */
export const scoreSchema = z.string().max(250).refine((text) => readScoreName(text) !== null, 'expected the name of a score, such as labels or miou/NAME'); // prettier-ignore

/** How images are narrowed; what is left out means any. */
export const imageQuerySchema = z.object({
  /** Class numbers, with `match`: images that carry any or all of them. */
  classes: listText(classIndex).optional(),
  match: z.enum(['any', 'all']).default('any'),
  /** Images that carry none of these. */
  without: listText(classIndex).optional(),
  /** The empty text stands for images of no split. */
  split: z.string().max(200).optional(),
  domain: domainSchema.optional(),
  labelled: flagText.optional(),
  truth: flagText.optional(),
  /** Images with a mask in this set; with `masked=false` those without. */
  masks: nameSchema.optional(),
  masked: flagText.default(true),
  /** Part of an id, whatever its case. */
  text: z.string().max(200).optional(),
  /** Images in any of these states. */
  review: listText(z.enum(reviewStates)).optional(),
  /** Images with all of these tags. */
  tags: listText(tagSchema).optional(),
  /** Images with none of these tags. */
  untagged: listText(tagSchema).optional(),
  /** Conditions, `labels>=2` or `miou/fused<0.3`, of which all hold. */
  scores: listText(conditionSchema).optional(),
});
export type ImageQuery = z.output<typeof imageQuerySchema>;

/** What images are sorted by that is no score. */
export const plainSorts = ['id', 'added'] as const;

/** A page of images. By `offset` any place can be asked for; `after` goes on behind a page, at the same cost everywhere. */
export const pageQuerySchema = imageQuerySchema.extend({
  /** One of these, or a score; images without it come last. */
  sort: z.union([z.enum(plainSorts), scoreSchema]).default('id'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  limit: numberText(z.number().int().min(1).max(500)).default(100),
  offset: numberText(z.number().int().min(0)).default(0),
  /** `next` of the page before, under the same filter and sort. */
  after: z.string().max(2000).optional(),
});
export type PageQuery = z.output<typeof pageQuerySchema>;

export const imageSchema = z.object({
  id: z.string(),
  /** Place of its dataset in the project. */
  dataset: z.number().int(),
  /** Upright. */
  width: z.number().int(),
  height: z.number().int(),
  split: z.string().nullable(),
  domain: domainSchema,
  classes: z.array(z.number().int()),
  hasTruth: z.boolean(),
  review: z.enum(reviewStates),
  tags: z.array(z.string()),
  /** What the images are sorted by, where that is a score that this one has. */
  score: z.number().nullable(),
  /** Changes with the photo; `v` of addresses that may be cached for ever. Null where the photo is gone. */
  version: z.string().nullable(),
});
export type Image = z.infer<typeof imageSchema>;

/** A file about an image: a map of a class, a saliency map, a mask, a prediction. */
const imageFileSchema = artifactRefSchema.extend({ classIndex: z.number().int().optional(), version: z.string() });

const counts = z.record(z.string(), z.number().int());

const imageParams = projectParams.extend({ id: idSchema });
/** `v` is the version that the caller knows: where it is the file's, the answer may be kept for ever. */
const versionQuery = z.object({ v: z.string().max(64).optional() });
const setParams = imageParams.extend({ set: nameSchema });

export const imageRoutes = {
  page: route({
    method: 'GET',
    path: '/api/projects/:project/images',
    summary:
      'a page of images: filtered by classes, split, domain, masks, text, review, tags, scores; sorted; and how many there are in all',
    params: projectParams,
    query: pageQuerySchema,
    answer: z.object({ total: z.number().int(), images: z.array(imageSchema), next: z.string().nullable() }),
  }),
  statistics: route({
    method: 'GET',
    path: '/api/projects/:project/statistics',
    summary: 'figures about images: how many there are of each split, domain, class and state of review',
    params: projectParams,
    query: imageQuerySchema,
    answer: z.object({
      images: z.number().int(),
      /** Under the empty text: images of no split. */
      splits: counts,
      domains: counts,
      /** Images that carry each class, in the order of the classes. */
      classes: z.array(z.number().int()),
      reviews: counts,
      withTruth: z.number().int(),
      unlabelled: z.number().int(),
    }),
  }),
  together: route({
    method: 'GET',
    path: '/api/projects/:project/co-occurrence',
    summary: 'how often classes occur together',
    params: projectParams,
    query: imageQuerySchema,
    answer: z.object({
      /** Images that carry both classes, symmetric; on the diagonal those of one class. */
      together: z.array(z.array(z.number().int())),
    }),
  }),
  histogram: route({
    method: 'GET',
    path: '/api/projects/:project/histogram',
    summary: 'how a score is spread over images',
    params: projectParams,
    query: imageQuerySchema.extend({
      score: scoreSchema,
      bins: numberText(z.number().int().min(1).max(100)).default(24),
    }),
    answer: z.object({
      /** Least and greatest score; null where no image has one. */
      least: z.number().nullable(),
      greatest: z.number().nullable(),
      /** Images in each of equally wide bins between them; of whole numbers a bin holds as many numbers as any other. */
      counts: z.array(z.number().int()),
      /** Width of a bin. */
      width: z.number(),
      /** Images without the score. */
      missing: z.number().int(),
    }),
  }),
  scores: route({
    method: 'GET',
    path: '/api/projects/:project/scores',
    summary: 'the scores that images can be sorted and narrowed by',
    params: projectParams,
    answer: z.object({ scores: z.array(z.string()) }),
  }),
  ids: route({
    method: 'GET',
    path: '/api/projects/:project/image-ids',
    summary: 'ids of a stretch of the images under a filter, in its order',
    params: projectParams,
    query: pageQuerySchema.omit({ after: true }).extend({ limit: numberText(z.number().int().min(1).max(20_000)) }),
    answer: z.object({ ids: z.array(z.string()) }),
  }),
  beside: route({
    method: 'GET',
    path: '/api/projects/:project/image-beside',
    summary:
      'the next image in a state of review, before or behind an image in the order of a filter, and its place there',
    params: projectParams,
    query: pageQuerySchema.omit({ limit: true, offset: true, after: true }).extend({
      from: idSchema,
      state: z.enum(reviewStates),
      forward: flagText.default(true),
    }),
    answer: z.object({ found: z.object({ id: z.string(), place: z.number().int() }).nullable() }),
  }),
  place: route({
    method: 'GET',
    path: '/api/projects/:project/image-place',
    summary: 'the place of an image among those under a filter, in its order; null where it is not among them',
    params: projectParams,
    query: pageQuerySchema.omit({ limit: true, offset: true, after: true }).extend({ id: idSchema }),
    answer: z.object({ place: z.number().int().nullable() }),
  }),
  get: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id',
    summary:
      'one image with the files that there are about it, and its labels that were changed by hand or after an audit',
    params: imageParams,
    answer: imageSchema.extend({
      path: z.string(),
      /** Where the photo lies on the machine. */
      file: z.string(),
      files: z.array(imageFileSchema),
      labelChanges: z.array(z.object({ classIndex: z.number().int(), weight: z.number(), run: z.string() })),
      /** Labels that a person has added or taken away. */
      labelEdits: z.array(z.object({ classIndex: z.number().int(), present: z.boolean() })),
    }),
  }),
  thumbnail: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/thumbnail',
    summary: 'a small picture of the photo as WebP, upright',
    params: imageParams,
    query: versionQuery.extend({ side: numberText(z.number().int().min(16).max(1024)).default(256) }),
    answer: 'picture',
  }),
  photo: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/photo',
    summary: 'the photo, upright, in a kind that browsers show',
    params: imageParams,
    query: versionQuery,
    answer: 'picture',
  }),
  truth: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/truth',
    summary: 'ground truth as a label map of the project (indexed PNG), upright',
    params: imageParams,
    query: versionQuery,
    answer: 'picture',
  }),
  map: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/maps/:set/:classIndex',
    summary: 'a localization map of an image (8-bit grey PNG)',
    params: setParams.extend({ classIndex }),
    query: versionQuery,
    answer: 'picture',
  }),
  saliency: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/saliency/:set',
    summary: 'a saliency map of an image (8-bit grey PNG)',
    params: setParams,
    query: versionQuery,
    answer: 'picture',
  }),
  mask: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/masks/:set',
    summary:
      'a mask of an image (indexed PNG: 0 background, class + 1, 255 ignore); the set `corrected` is made by hand',
    params: setParams,
    query: versionQuery,
    answer: 'picture',
  }),
  prediction: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/predictions/:set',
    summary: 'what a segmenter predicted of an image (indexed PNG, labels as in a mask)',
    params: setParams,
    query: versionQuery,
    answer: 'picture',
  }),
} as const;
