import { z } from 'zod';
import { doneSchema, idSchema, nameSchema, projectParams } from './common.js';
import { route } from './route.js';

const imageParams = projectParams.extend({ id: idSchema });
const side = z.number().int().min(1).max(65_535);
const place = z.number().int().min(0).max(65_535);
const versionSchema = z.string().max(64);

/** Bytes of the largest mask that is taken, as JSON. Noise packs to more than its pixels, masks to a hundredth of them. */
export const MOST_MASK = 2 ** 26;

/** A label map: 0 background, class + 1, 255 ignore. */
const labelsSchema = z.object({
  width: side,
  height: side,
  /** The labels row by row as runs (shared/label-map/runs.ts), in base64. */
  labels: z.string().max(MOST_MASK),
});

export const maskRoutes = {
  labels: route({
    method: 'GET',
    path: '/api/projects/:project/images/:id/labels/:set',
    summary: 'the labels of a mask to work on, packed; the set `corrected` is made by hand',
    params: imageParams.extend({ set: nameSchema }),
    answer: labelsSchema.extend({ version: z.string() }),
  }),
  save: route({
    method: 'PUT',
    path: '/api/projects/:project/images/:id/masks/corrected',
    summary:
      'puts a mask made by hand in the place of the one that `base` names (null: there is none); 409 with the present ' +
      '`version` where another one is there by now',
    params: imageParams,
    body: labelsSchema.extend({ base: versionSchema.nullable() }),
    answer: z.object({ version: z.string() }),
  }),
  refine: route({
    method: 'POST',
    path: '/api/projects/:project/images/:id/refine',
    summary: 'the labels of a box of a mask as a dense CRF sees them in the photo; nothing is saved',
    params: imageParams,
    body: labelsSchema.extend({ left: place, top: place }),
    answer: z.object({ labels: z.string() }),
  }),
  reset: route({
    method: 'DELETE',
    path: '/api/projects/:project/images/:id/masks/corrected',
    summary: 'takes away the mask made by hand that `base` names; it is kept among the earlier versions',
    params: imageParams,
    body: z.object({ base: versionSchema }),
    answer: doneSchema,
  }),
} as const;
