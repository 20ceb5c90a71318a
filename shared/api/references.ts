import { z } from 'zod';
import { domainSchema, idSchema, nameSchema, numberText, projectParams } from './common.js';
import { imageQuerySchema } from './images.js';
import { route } from './route.js';

const classIndex = z.number().int().min(0).max(253);

/** References of a class, or of one image and class. */
const referenceSetSchema = z.object({
  classIndex,
  imageId: idSchema.optional(),
  /** Best first. */
  references: z.array(idSchema).max(1000),
});

/** What candidates can be ordered by, best first. */
export const candidateOrders = ['similar', 'typical', 'diverse', 'confident'] as const;

const candidateSchema = z.object({
  id: idSchema,
  domain: domainSchema,
  /** Cosine with the image, or with the mean of the class; -1..1. */
  similarity: z.number(),
  /** After an audit, 0..1. */
  confidence: z.number().nullable(),
  /** A better placed candidate that looks the same. */
  duplicateOf: idSchema.nullable(),
});
export type ReferenceCandidate = z.infer<typeof candidateSchema>;

const coverageSchema = z.object({
  /** Images of the class that the run compares, and those of them that the set covers. */
  images: z.number().int(),
  covered: z.number().int(),
  /** Cosine with the nearest reference from which an image is covered; -1..1. */
  within: z.number(),
});
export type ReferenceCoverage = z.infer<typeof coverageSchema>;

const assessmentSchema = z.object({
  /** In the order of the set. */
  members: z.array(
    z.object({
      id: idSchema,
      /** Null where there is no such image any more. */
      domain: domainSchema.nullable(),
      /** Cosine with the image that the set is for; -1..1, null where either is not compared. */
      similarity: z.number().nullable(),
      /** An earlier one of the set that looks the same. */
      duplicateOf: idSchema.nullable(),
    }),
  ),
  /** Null where the run has compared no image of the class. */
  coverage: coverageSchema.nullable(),
});
export type ReferenceAssessment = z.infer<typeof assessmentSchema>;

export const referenceRoutes = {
  candidates: route({
    method: 'GET',
    path: '/api/projects/:project/references/candidates',
    summary:
      'images that may be references of a class or of an image, of those that a filter leaves, best first by similarity, diversity or confidence',
    params: projectParams,
    query: imageQuerySchema.extend({
      run: nameSchema,
      classIndex: numberText(classIndex),
      imageId: idSchema.optional(),
      order: z.enum(candidateOrders).default('similar'),
      limit: numberText(z.number().int().min(1).max(1000)).default(100),
    }),
    answer: z.object({ candidates: z.array(candidateSchema), total: z.number().int() }),
  }),
  assess: route({
    method: 'POST',
    path: '/api/projects/:project/references/assess',
    summary:
      'what a reference set is worth: images that look alike, their domains, and how much of the class it covers',
    params: projectParams,
    body: referenceSetSchema.extend({ run: nameSchema }),
    answer: assessmentSchema,
  }),
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
