import { z } from 'zod';
import { doneSchema, projectParams } from './common.js';
import { pageQuerySchema } from './images.js';
import { route } from './route.js';

/** Views that a project keeps. */
export const MOST_VIEWS = 100;

/** What a view shows: a filter and a sort. */
export const viewFilterSchema = pageQuerySchema.omit({ limit: true, offset: true, after: true });
export type ViewFilter = z.output<typeof viewFilterSchema>;

const viewName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a name holds no control characters');

/** A filter and sort that a person has given a name. */
export const viewSchema = z.object({
  name: z.string(),
  filter: viewFilterSchema,
  /** The one that the dataset begins with. */
  byDefault: z.boolean(),
});
export type View = z.output<typeof viewSchema>;

const viewParams = projectParams.extend({ name: viewName });

export const viewRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/views',
    summary: 'the saved views, by name',
    params: projectParams,
    answer: z.object({ views: z.array(viewSchema) }),
  }),
  save: route({
    method: 'PUT',
    path: '/api/projects/:project/views/:name',
    summary: 'keeps a filter and sort under a name, in the place of an earlier one; at most one view is the default',
    params: viewParams,
    body: z.strictObject({ filter: viewFilterSchema, byDefault: z.boolean().default(false) }),
    answer: viewSchema,
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/projects/:project/views/:name',
    summary: 'forgets a view',
    params: viewParams,
    answer: doneSchema,
  }),
} as const;
