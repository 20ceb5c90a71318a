import { z } from 'zod';
import { errorSchema } from './common.js';

/** What is looked at before a job starts. */
export const checkNames = [
  'request',
  'runtime',
  'run',
  'weights',
  'images',
  'unlabelled',
  'untaught',
  'truth',
  'maps',
  'saliency',
  'masks',
  'predictions',
  'agreement',
  'made',
  'memory',
  'disk',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `problem`: the job would fail or do nothing; `warning`: it would do less than one may think. */
export const checkLevels = ['fine', 'warning', 'problem'] as const;
export type CheckLevel = (typeof checkLevels)[number];

/** One answer about a job that has not started. Which figures it has goes with its name. */
export const jobCheckSchema = z.object({
  name: z.enum(checkNames),
  level: z.enum(checkLevels),
  /** Things that it is about: images used, files missing, classes without an image. */
  count: z.number().int().optional(),
  /** Of how many. */
  total: z.number().int().optional(),
  /** What it is about does not exist yet, but a job before it in the queue makes it. */
  queued: z.boolean().optional(),
  /** Bytes that the job needs, and that there are. */
  needs: z.number().optional(),
  free: z.number().optional(),
  /** What is wrong and what to do about it. */
  error: errorSchema.optional(),
});
export type JobCheck = z.infer<typeof jobCheckSchema>;
