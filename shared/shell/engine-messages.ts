import { z } from 'zod';
import { errorSchema } from '../api/common.js';
import { jobSchema, openProjectSchema } from '../api/index.js';

/** What the shell tells the engine that it has started. */
export const toEngineSchema = z.discriminatedUnion('type', [
  /** Comes first. `port` is the one to try before any other, so that the page's address stays the same; 0 for none. */
  z.object({ type: z.literal('start'), port: z.number().int().min(0).max(65_535), projects: z.array(z.string()) }),
  /** Opens a project folder; answered by `opened` or `failed` with the same number. */
  z.object({ type: z.literal('open'), request: z.number().int(), folder: z.string() }),
  /** Asks where a file is that the page names; answered by `located` or `failed`. */
  z.object({ type: z.literal('locate'), request: z.number().int(), path: z.string() }),
  /** Pauses jobs with a checkpoint and ends the process. */
  z.object({ type: z.literal('close') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/**
 * What the engine tells the shell. The token goes this way and no other: arguments and environment of a process can be
 * read by others.
 */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
    token: z.string().min(32),
  }),
  /** A project is open, whoever opened it. */
  z.object({ type: z.literal('project'), project: openProjectSchema }),
  z.object({ type: z.literal('job'), project: z.string(), job: jobSchema }),
  z.object({ type: z.literal('job-removed'), project: z.string(), id: z.number().int() }),
  z.object({ type: z.literal('opened'), request: z.number().int(), project: openProjectSchema }),
  z.object({ type: z.literal('located'), request: z.number().int(), path: z.string() }),
  /** A request failed; without a number, the start, or a project of the start. */
  z.object({ type: z.literal('failed'), request: z.number().int().nullable(), error: errorSchema }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
