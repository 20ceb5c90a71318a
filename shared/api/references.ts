import { z } from 'zod';
import { idSchema, numberText, projectParams } from './common.js';
import { route } from './route.js';

const classIndex = z.number().int().min(0).max(253);

/** References of a class, or of one image and class. */
const referenceSetSchema = z.object({
  classIndex,
  imageId: idSchema.optional(),
  /** Best first. */
  references: z.array(idSchema).max(1000),
});

export const referenceRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/references',
    summary: 'the stored reference sets, of all classes or of one',
    params: projectParams,
    query: z.object({ classIndex: numberText(classIndex).optional() }),
    answer: z.object({ sets: z.array(referenceSetSchema) }),
  }),
  set: route({
    method: 'PUT',
    path: '/api/projects/:project/references',
    summary: 'stores a reference set in the place of an earlier one; its images must carry the class; none removes it',
    params: projectParams,
    body: referenceSetSchema,
    answer: referenceSetSchema,
  }),
} as const;
