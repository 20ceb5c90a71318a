import { z } from 'zod';
import { projectParams } from './common.js';
import { jobSchema } from './jobs.js';
import { route } from './route.js';

/** Parts of a project that a page may have shown and should ask for again. */
export const topics = ['images', 'sets', 'runs', 'references'] as const;
export type Topic = (typeof topics)[number];

/** One server-sent event; its name is `type`, its data the rest as JSON. */
export const engineEventSchema = z.discriminatedUnion('type', [
  /** A job that is new, has changed or makes progress. The stream begins with one of each that waits or works. */
  z.object({ type: z.literal('job'), job: jobSchema }),
  z.object({ type: z.literal('job-removed'), id: z.number().int() }),
  z.object({ type: z.literal('changed'), topics: z.array(z.enum(topics)) }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

export const eventRoutes = {
  stream: route({
    method: 'GET',
    path: '/api/projects/:project/events',
    summary: 'changes as they happen (server-sent events): jobs with their progress, and parts to be asked for again',
    params: projectParams,
    answer: 'events',
  }),
} as const;
