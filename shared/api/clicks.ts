import { z } from 'zod';
import { clickModelSchema } from '../machine-settings.js';
import { doneSchema, idSchema, nameSchema, projectParams } from './common.js';
import { route } from './route.js';

/** A place in the photo, px: inside of the thing that is meant, or outside. */
export const clickPointSchema = z.object({ x: z.number().min(0), y: z.number().min(0), positive: z.boolean() });
export type ClickPoint = z.infer<typeof clickPointSchema>;

/** Clicks on one thing at most. */
export const MOST_CLICKS = 100;

const modelSchema = clickModelSchema.extend({ name: nameSchema });
const modelsSchema = z.object({ models: z.array(clickModelSchema) });

export const clickRoutes = {
  models: route({
    method: 'GET',
    path: '/api/click-models',
    summary: 'the models that answer clicks in the mask editor, by name',
    answer: modelsSchema,
  }),
  add: route({
    method: 'POST',
    path: '/api/click-models',
    summary: 'tries a pair of ONNX files (encoder and decoder of the SAM family) and keeps their paths under a name',
    body: modelSchema,
    answer: clickModelSchema.extend({ family: z.string(), side: z.number().int() }),
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/click-models/:name',
    summary: 'forgets a model; its files stay',
    params: z.object({ name: nameSchema }),
    answer: doneSchema,
  }),
  mask: route({
    method: 'POST',
    path: '/api/projects/:project/images/:id/clicks',
    summary: 'the mask of an image that fits clicks best (labels 0 and 1, packed), by a model; nothing is saved',
    params: projectParams.extend({ id: idSchema }),
    body: z.object({ model: nameSchema, points: z.array(clickPointSchema).min(1).max(MOST_CLICKS) }),
    answer: z.object({
      width: z.number().int(),
      height: z.number().int(),
      labels: z.string(),
      /** How well the model expects the mask to fit, about 0..1. */
      score: z.number(),
    }),
  }),
} as const;
