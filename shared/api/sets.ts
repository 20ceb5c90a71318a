import { z } from 'zod';
import { evaluationSchema } from '../evaluation.js';
import { artifactRefSchema, nameSchema, numberText, projectParams } from './common.js';
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
} as const;
