import { z } from 'zod';
import { idSchema, nameSchema, projectParams } from './common.js';
import { route } from './route.js';

/** 0..1; null where unknown. */
const term = z.number().nullable();

const queueParams = projectParams.extend({ set: nameSchema });

export const queueRoutes = {
  place: route({
    method: 'GET',
    path: '/api/projects/:project/review-queue/:set',
    summary: 'where an image stands in the review queue by the masks of a set, and what its benefit is made of',
    params: queueParams,
    query: z.object({ id: idSchema }),
    answer: z.object({
      /** Images that are not reviewed, and those of them whose benefit was computed. */
      total: z.number().int(),
      ranked: z.number().int(),
      /** From 0; null where the image is reviewed. */
      place: z.number().int().nullable(),
      /** Whether it was put first by the tag `review-queue`. */
      first: z.boolean(),
      terms: z.object({ benefit: term, disagreement: term, doubt: term, rarity: term, risk: term }),
    }),
  }),
  next: route({
    method: 'GET',
    path: '/api/projects/:project/review-queue/:set/next',
    summary: 'the image behind another in the review queue, or the first; its place among all images by id',
    params: queueParams,
    query: z.object({ /** Left out: the first. */ id: idSchema.optional() }),
    answer: z.object({ found: z.object({ id: z.string(), at: z.number().int() }).nullable() }),
  }),
} as const;
