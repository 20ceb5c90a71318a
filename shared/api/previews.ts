import { z } from 'zod';
import { idSchema, nameSchema, projectParams } from './common.js';
import { route } from './route.js';

const share = z.number().min(0).max(1);
/** A place in a photo, 0..1 from left and from top. */
const place = z.object({ x: share, y: share });

/** An image, a class that it carries, and the images that it is compared with, by the weights of a run. */
export const previewRequestSchema = z.object({
  run: nameSchema,
  /** Weights after so many epochs; null for the run's own choice. */
  epoch: z.number().int().min(1).nullable().default(null),
  imageId: idSchema,
  classIndex: z.number().int().min(0).max(253),
  references: z.array(idSchema).max(1000),
  /** Values of the group `localize`; what concerns the choice of references does not count. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** Name of a picture that the engine keeps for a while. */
const pictureName = z.string().regex(/^[0-9a-f]{32}$/);
const seconds = z.number();

export const previewRoutes = {
  map: route({
    method: 'POST',
    path: '/api/projects/:project/previews/map',
    summary: 'computes the map of an image and class with a set of references, without storing anything',
    params: projectParams,
    body: previewRequestSchema,
    /** `references`: those that counted, of which the run knows; the image itself where there were none. */
    answer: z.object({ map: pictureName, references: z.array(idSchema), seconds }),
  }),
  parted: route({
    method: 'POST',
    path: '/api/projects/:project/previews/parted',
    summary: 'computes the class-agnostic gate of the co-attention, and the map of what it leaves (contrastive)',
    params: projectParams,
    body: previewRequestSchema,
    answer: z.object({ gate: pictureName, rest: pictureName, seconds }),
  }),
  attention: route({
    method: 'POST',
    path: '/api/projects/:project/previews/attention',
    summary:
      'computes where a place of an image attends in its references or, with `from`, a place of a reference in it',
    params: projectParams,
    body: previewRequestSchema.extend({ at: place, from: idSchema.nullable().default(null) }),
    answer: z.object({
      attention: z.array(
        z.object({
          id: idSchema,
          /** What of the attention falls on this image, 0..1. */
          share: z.number(),
          width: z.number().int(),
          height: z.number().int(),
          /** 0..255 of the largest value over all images, row by row. */
          values: z.array(z.number().int()),
        }),
      ),
      seconds,
    }),
  }),
  picture: route({
    method: 'GET',
    path: '/api/projects/:project/previews/:picture',
    summary: 'a picture of a preview, as large as the photo (8-bit grey PNG)',
    params: projectParams.extend({ picture: pictureName }),
    answer: 'picture',
  }),
} as const;
