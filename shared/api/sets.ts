import { z } from 'zod';
import { evaluationSchema } from '../evaluation.js';
import { artifactRefSchema, idSchema, nameSchema, numberText, projectParams } from './common.js';
import { route } from './route.js';

const runParams = projectParams.extend({ run: nameSchema });
const values = z.record(z.string(), z.unknown());

/** Something a project has made, with what it was made from. */
const setSchema = artifactRefSchema.extend({
  parents: z.array(artifactRefSchema),
  settings: values,
  /** Null for one of which only the folder is known. */
  createdAt: z.string().nullable(),
});

const runSchema = z.object({
  name: z.string(),
  task: z.enum(['classify', 'segment']),
  origin: z.enum(['trained', 'imported']),
  preset: z.string(),
  settings: values,
  weights: z.string().nullable(),
  split: z.string().nullable(),
  images: z.number().int(),
  /** Epochs whose weights are kept. */
  epochs: z.array(z.number().int()),
  /** What it ended with; null before. */
  metrics: values.nullable(),
  /** When it was begun; null where only its folder is known. */
  createdAt: z.string().nullable(),
  /** The total loss: lowest and last mean of an epoch, and at most 64 means over the whole course. Null before a step. */
  loss: z
    .object({ steps: z.number().int(), best: z.number(), last: z.number(), curve: z.array(z.number()) })
    .nullable(),
});

export const setRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/sets',
    summary: 'runs, maps, saliency maps, masks, predictions and evaluations, each with what it was made from and how',
    params: projectParams,
    answer: z.object({ sets: z.array(setSchema) }),
  }),
  evaluation: route({
    method: 'GET',
    path: '/api/projects/:project/evaluations/:name',
    summary: 'the figures of an evaluation, its images worst first',
    params: projectParams.extend({ name: nameSchema }),
    answer: evaluationSchema,
  }),
} as const;

export const runRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/runs',
    summary: 'every training: settings, weights that are kept, what it ended with',
    params: projectParams,
    answer: z.object({ runs: z.array(runSchema) }),
  }),
  get: route({
    method: 'GET',
    path: '/api/projects/:project/runs/:run',
    summary: 'one training',
    params: runParams,
    answer: runSchema,
  }),
  log: route({
    method: 'GET',
    path: '/api/projects/:project/runs/:run/log',
    summary: 'log lines of a training, a step each, from a place on; `next` is the place to ask from later',
    params: runParams,
    query: z.object({ from: numberText(z.number().int().min(0)).default(0) }),
    answer: z.object({ lines: z.array(values), next: z.number().int(), end: z.boolean() }),
  }),
  previews: route({
    method: 'GET',
    path: '/api/projects/:project/runs/:run/previews',
    summary: 'images that a training is looked at by, and the epochs that there are maps of them after',
    params: runParams,
    answer: z.object({
      /** `version` is that of the photo; null where it is gone. */
      images: z.array(z.object({ id: z.string(), classes: z.array(z.number().int()), version: z.string().nullable() })),
      epochs: z.array(z.number().int()),
    }),
  }),
  preview: route({
    method: 'GET',
    path: '/api/projects/:project/runs/:run/previews/:epoch/:id/:classIndex',
    summary: 'a small localization map of a class in such an image after an epoch (8-bit grey PNG)',
    params: runParams.extend({
      epoch: numberText(z.number().int().min(1)),
      id: idSchema,
      classIndex: numberText(z.number().int().min(0).max(253)),
    }),
    query: z.object({ v: z.string().max(64).optional() }),
    answer: 'picture',
  }),
} as const;
