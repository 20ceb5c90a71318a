import { z } from 'zod';
import { mappedClassSchema } from '../class-map.js';
import { evaluationKinds } from '../evaluation.js';
import { devices } from '../machine-settings.js';
import { truthConventions } from '../project.js';
import { presets } from '../settings/define.js';
import { domainSchema, idSchema, nameSchema } from './common.js';
import { imageQuerySchema } from './images.js';

/** Images that a training can be looked at by after each epoch. */
export const MOST_PINNED = 6;

/** Values over those of the preset, by key; the settings tables check them. */
const settings = z.record(z.string(), z.unknown()).default({});
const preset = z.enum(presets).optional();
const split = z.string().optional();
/** null for all domains. */
const domain = domainSchema.nullable().default('target');
const overwrite = z.boolean().default(false);
const device = z.enum(devices).optional();
/** A path on the engine's machine. */
const path = z.string().min(1).max(4096);

/** What a dataset is read by, for an import and its dry run. */
export const datasetRequestSchema = z.object({
  /** Folder of the dataset. */
  dataset: path,
  format: z.string().default('auto'),
  /** Label file. */
  labels: path.optional(),
  /** `voc`, `coco`, or a file of names. */
  classes: path.optional(),
  /** Whether objects marked as difficult count. */
  difficult: z.boolean().default(true),
});

/** What an import makes of a dataset. */
export const importRequestSchema = datasetRequestSchema.extend({
  domain: domainSchema.default('target'),
  convention: z.enum(truthConventions).optional(),
  /** Classes that get another name, or the empty one: they are left out. Several of one name become one class. */
  map: z.array(mappedClassSchema).max(10_000).optional(),
});

/** What a job is asked for with, by kind; the fields are the options of the command of that name. */
export const jobRequests = {
  train: z.object({
    kind: z.literal('train'),
    run: nameSchema,
    mode: z.enum(['new', 'resume', 'overwrite']).default('new'),
    weights: path.optional(),
    split,
    preset,
    settings,
    device,
    /** Images whose maps are drawn after each epoch; left out, some that show the classes. */
    previews: z.array(idSchema).max(MOST_PINNED).optional(),
  }),
  localize: z.object({
    kind: z.literal('localize'),
    run: nameSchema,
    maps: nameSchema,
    epoch: z.number().int().min(1).nullable().default(null),
    raw: z.boolean().default(false),
    split,
    domain,
    overwrite,
    preset,
    settings,
    device,
  }),
  /** What images are compared by, with the weights of a run. */
  describe: z.object({ kind: z.literal('describe'), run: nameSchema, device }),
  saliency: z.object({ kind: z.literal('saliency'), saliency: nameSchema, split, domain, overwrite, settings }),
  masks: z.object({
    kind: z.literal('masks'),
    masks: nameSchema,
    maps: nameSchema.optional(),
    saliency: nameSchema.optional(),
    split,
    domain,
    overwrite,
    preset,
    settings,
  }),
  'segment-train': z.object({
    kind: z.literal('segment-train'),
    run: nameSchema,
    mode: z.enum(['new', 'resume', 'overwrite']).default('new'),
    /** What `masks` names: masks, or the predictions of an earlier round. */
    of: z.enum(['masks', 'predictions']).optional(),
    /** Set to learn from; without it, the masks made by hand alone. */
    masks: nameSchema.optional(),
    /** Mask set with which the other's agreement is what an image's loss counts. */
    agreement: nameSchema.optional(),
    weights: path.optional(),
    split,
    /** Split with ground truth to measure on; null for none, without it `val` where there is one. */
    validate: z.string().nullable().optional(),
    preset,
    settings,
    device,
  }),
  'segment-predict': z.object({
    kind: z.literal('segment-predict'),
    run: nameSchema,
    predictions: nameSchema,
    /** What they become: predictions, or masks for another round. */
    as: z.enum(['predictions', 'masks']).default('predictions'),
    weights: z.enum(['best', 'latest']).optional(),
    split,
    domain,
    overwrite,
    preset,
    settings,
    device,
  }),
  /** Masks of a set derived anew with other settings; with `count` only how much would change. */
  remask: z.object({
    kind: z.literal('remask'),
    masks: nameSchema,
    images: z.union([z.object({ ids: z.array(idSchema).min(1).max(10_000) }), z.object({ query: imageQuerySchema })]),
    count: z.boolean().default(false),
    preset,
    settings,
  }),
  /** The order of a set's masks for review. */
  rank: z.object({ kind: z.literal('rank'), masks: nameSchema, settings }),
  evaluate: z.object({
    kind: z.literal('evaluate'),
    of: z.enum(evaluationKinds),
    set: nameSchema,
    /** Of masks: those made by hand in the place of the set's where there are some. */
    corrected: z.boolean().optional(),
    groundTruth: path.optional(),
    convention: z.enum(truthConventions).optional(),
    /** A mask set in the place of ground truth, or `predictions/NAME`. */
    against: nameSchema.optional(),
    name: nameSchema.optional(),
    split,
    domain,
  }),
  /** An evaluation as a page with pictures and as tables. */
  report: z.object({
    kind: z.literal('report'),
    evaluation: nameSchema,
    /** Images with pictures, worst first. */
    images: z.number().int().min(0).max(1000).default(60),
  }),
  export: z.object({
    kind: z.literal('export'),
    masks: nameSchema,
    /** What that names. */
    of: z.enum(['masks', 'predictions']).optional(),
    format: z.string(),
    /** Folder to write to. */
    to: path,
    labelled: z.boolean().default(false),
    corrected: z.boolean().default(true),
    photos: z.enum(['copy', 'link', 'none']).optional(),
    split,
    overwrite,
    settings,
  }),
  import: importRequestSchema.extend({ kind: z.literal('import') }),
  /** What the sample project comes with; asked for by POST /api/projects/sample. */
  sample: z.object({ kind: z.literal('sample') }),
} as const;

export type JobKind = keyof typeof jobRequests;
export const jobKinds = Object.keys(jobRequests) as [JobKind, ...JobKind[]];

/** A request with its defaults in. */
export type JobRequest<Kind extends JobKind = JobKind> = z.output<(typeof jobRequests)[Kind]>;

export const jobRequestSchema = z.discriminatedUnion('kind', [
  jobRequests.train,
  jobRequests.localize,
  jobRequests.describe,
  jobRequests.saliency,
  jobRequests.masks,
  jobRequests['segment-train'],
  jobRequests['segment-predict'],
  jobRequests.remask,
  jobRequests.rank,
  jobRequests.evaluate,
  jobRequests.report,
  jobRequests.export,
  jobRequests.import,
  jobRequests.sample,
]);
