import { z } from 'zod';
import { artifactRefSchema, domainSchema, flagText, idSchema, listText, nameSchema, numberText, projectParams } from './common.js'; // prettier-ignore
import { route } from './route.js';

const classIndex = numberText(z.number().int().min(0).max(253));

/** How images are narrowed; what is left out means any. */
export const imageQuerySchema = z.object({
  /** Class numbers, with `match`: images that carry any, all or none of them. */
  classes: listText(classIndex).optional(),
  match: z.enum(['any', 'all', 'none']).default('any'),
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
});
export type ImageQuery = z.output<typeof imageQuerySchema>;

export const imageSorts = ['id', 'added', 'pixels', 'labels'] as const;

/** A page of images. By `offset` any place can be asked for; `after` goes on behind a page, at the same cost everywhere. */
export const pageQuerySchema = imageQuerySchema.extend({
  sort: z.enum(imageSorts).default('id'),
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
  /** Changes with the photo; `v` of addresses that may be cached for ever. Null where the photo is gone. */
  version: z.string().nullable(),
});
export type Image = z.infer<typeof imageSchema>;

/** A file about an image: a map of a class, a saliency map, a mask. */
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
    summary: 'a page of images: filtered by classes, split, domain, mask, text; sorted; and how many there are in all',
    params: projectParams,
    query: pageQuerySchema,
    answer: z.object({ total: z.number().int(), images: z.array(imageSchema), next: z.string().nullable() }),
  }),
  statistics: route({
    method: 'GET',
    path: '/api/projects/:project/statistics',
    summary: 'figures about images: of each split, domain and class, and how often classes occur together',
    params: projectParams,
    query: imageQuerySchema,
    answer: z.object({
      images: z.number().int(),
      /** Under the empty text: images of no split. */
      splits: counts,
      domains: counts,
      /** Images that carry each class, in the order of the classes. */
      classes: z.array(z.number().int()),
      withTruth: z.number().int(),
      unlabelled: z.number().int(),
      /** Images that carry both classes, symmetric; on the diagonal those of one class. */
      together: z.array(z.array(z.number().int())),
    }),
  }),
  get: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id',
    summary: 'one image with the files that there are about it, and its labels that were changed after an audit',
    params: imageParams,
    answer: imageSchema.extend({
      path: z.string(),
      /** Where the photo lies on the machine. */
      file: z.string(),
      files: z.array(imageFileSchema),
      labelChanges: z.array(z.object({ classIndex: z.number().int(), weight: z.number(), run: z.string() })),
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
} as const;
