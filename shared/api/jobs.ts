import { z } from 'zod';
import { doneSchema, errorSchema, numberText, progressSchema, projectParams } from './common.js';
import { jobKinds, jobRequestSchema } from './job-requests.js';
import { jobCheckSchema } from './job-checks.js';
import { jobActions, jobStates } from './job-states.js';
import { route } from './route.js';

export const jobSchema = z.object({
  id: z.number().int(),
  kind: z.enum(jobKinds),
  request: jobRequestSchema,
  state: z.enum(jobStates),
  /** What can be asked of it now. */
  actions: z.array(z.enum(jobActions)),
  /** How far it is, or was when it was left; `secondsLeft` only while it works and has been measured. */
  progress: progressSchema.nullable(),
  /** Seconds that it has worked, all its starts together. */
  seconds: z.number(),
  /** Times that it was started. */
  starts: z.number().int(),
  /** What its task ended with. */
  result: z.unknown(),
  error: errorSchema.nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobLineSchema = z.object({ time: z.string(), text: z.string() });
export type JobLine = z.infer<typeof jobLineSchema>;

const jobParams = projectParams.extend({ job: numberText(z.number().int().min(1)) });

export const jobRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects/:project/jobs',
    summary: 'every job: those that wait in the order of the queue, then those that ended, the latest first',
    params: projectParams,
    answer: z.object({ jobs: z.array(jobSchema) }),
  }),
  add: route({
    method: 'POST',
    path: '/api/projects/:project/jobs',
    summary: 'puts a job at the end of the queue; settings are checked at once',
    params: projectParams,
    body: jobRequestSchema,
    answer: jobSchema,
  }),
  check: route({
    method: 'POST',
    path: '/api/projects/:project/jobs/check',
    summary:
      'what a job would meet: images, missing files, names, space, memory, the compute runtime; nothing is started',
    params: projectParams,
    body: jobRequestSchema,
    answer: z.object({ checks: z.array(jobCheckSchema) }),
  }),
  get: route({
    method: 'GET',
    path: '/api/projects/:project/jobs/:job',
    summary: 'one job with the latest lines of its log',
    params: jobParams,
    answer: jobSchema.extend({ log: z.array(jobLineSchema) }),
  }),
  act: route({
    method: 'POST',
    path: '/api/projects/:project/jobs/:job/actions',
    summary: 'pauses (a checkpoint is kept), resumes, stops (what is there counts) or cancels a job',
    params: jobParams,
    body: z.object({ action: z.enum(jobActions) }),
    answer: jobSchema,
  }),
  move: route({
    method: 'PUT',
    path: '/api/projects/:project/jobs/:job/place',
    summary: 'puts a waiting job before another one, or at the end of the queue',
    params: jobParams,
    body: z.object({ before: z.number().int().nullable() }),
    answer: z.object({ jobs: z.array(jobSchema) }),
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/projects/:project/jobs/:job',
    summary: 'takes a job that has ended off the list; what it made stays',
    params: jobParams,
    answer: doneSchema,
  }),
} as const;
