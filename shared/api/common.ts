import { z } from 'zod';
import { errorCodes } from '../errors.js';
import { artifactKinds } from '../project.js';
import { stages } from '../progress.js';
import { domains } from '../types.js';

/** A project that is open: its key, which every address below it begins with. */
export const projectParams = z.object({ project: z.string().min(1).max(64) });

/** Name of a run or set; the engine checks that it is safe as the name of a folder. */
export const nameSchema = z.string().min(1).max(200);

export const idSchema = z.string().min(1).max(500);

export const domainSchema = z.enum(domains);

/** A number in an address. */
export const numberText = <Schema extends z.ZodNumber>(schema: Schema) =>
  z.union([z.number(), z.string().regex(/^-?\d+$/, 'expected a whole number').transform(Number)]).pipe(schema); // prettier-ignore

/** `true` or `false` in an address. */
export const flagText = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A list in an address, `class=1&class=2`; of one item it is that item alone. */
export const listText = <Schema extends z.ZodType>(item: Schema) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(1000));

/** The one shape of an error; the status says the same more coarsely. */
export const errorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  remedy: z.string().optional(),
  file: z.string().optional(),
  version: z.string().optional(),
});

export const failureSchema = z.object({
  id: z.string().optional(),
  file: z.string(),
  code: z.enum(errorCodes),
  reason: z.string(),
  action: z.string(),
});

export const progressSchema = z.object({
  // Of another version, the words are lost and the figures hold.
  stage: z.enum(stages).catch('working'),
  part: z.union([z.number(), z.string()]).optional(),
  parts: z.number().optional(),
  done: z.number(),
  total: z.number(),
  unit: z.string(),
  rate: z.number().optional(),
  secondsLeft: z.number().optional(),
  values: z.record(z.string(), z.number()).optional(),
});

export const artifactRefSchema = z.object({ kind: z.enum(artifactKinds), name: z.string() });

/** The answer of a request that only does something. */
export const doneSchema = z.object({ done: z.literal(true) });
