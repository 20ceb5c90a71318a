import { z } from 'zod';
import { datasetSchema } from '../project.js';
import { failureSchema, nameSchema, numberText, projectParams } from './common.js';
import { datasetRequestSchema, importRequestSchema } from './job-requests.js';
import { jobSchema } from './jobs.js';
import { route } from './route.js';

const counts = z.record(z.string(), z.number().int());

/** A project that is open. `key` begins its addresses: other projects have others, so that no cache mixes their pictures. */
export const openProjectSchema = z.object({ key: z.string(), root: z.string(), name: z.string() });
export type OpenProject = z.infer<typeof openProjectSchema>;

const infoSchema = openProjectSchema.extend({
  images: z.number().int(),
  /** Under the empty text: images of no split. */
  splits: counts,
  domains: counts,
  classes: z.array(z.object({ name: z.string(), images: z.number().int() })),
  /** A colour for each label, background first, as far as there are classes. */
  palette: z.array(z.tuple([z.number(), z.number(), z.number()])),
  withTruth: z.number().int(),
  unlabelled: z.number().int(),
  labelChanges: z.object({ dropped: z.number().int(), weighted: z.number().int() }),
  datasets: z.array(datasetSchema),
  /** The first problems of the imports, and how many there are. */
  failures: z.array(failureSchema),
  failureCount: z.number().int(),
});

export const projectRoutes = {
  list: route({
    method: 'GET',
    path: '/api/projects',
    summary: 'the projects that are open',
    answer: z.object({ projects: z.array(openProjectSchema) }),
  }),
  open: route({
    method: 'POST',
    path: '/api/projects/open',
    summary: 'opens a project folder of the machine; one that is open already comes back as it is',
    body: z.object({ folder: z.string().min(1).max(4096) }),
    answer: openProjectSchema,
  }),
  create: route({
    method: 'POST',
    path: '/api/projects',
    summary: 'makes a project for a dataset, opens it and starts the import as a job',
    body: importRequestSchema.extend({
      folder: z.string().min(1).max(4096),
      name: nameSchema.optional(),
    }),
    answer: z.object({ project: openProjectSchema, job: jobSchema }),
  }),
  present: route({
    method: 'POST',
    path: '/api/projects/present',
    summary: 'which of these folders hold a project still, in their order',
    body: z.object({ folders: z.array(z.string().min(1).max(4096)).max(50) }),
    answer: z.object({ present: z.array(z.boolean()) }),
  }),
  sample: route({
    method: 'POST',
    path: '/api/projects/sample',
    summary: 'opens the sample project, made beside the documents unless a folder is given; a job fills a new one',
    body: z.object({ folder: z.string().min(1).max(4096).optional() }),
    /** `job` is null for one that is filled already. */
    answer: z.object({ project: openProjectSchema, job: jobSchema.nullable() }),
  }),
  dryRun: route({
    method: 'POST',
    path: '/api/imports/dry-run',
    summary: 'what an import of a dataset would find, without writing anything',
    body: datasetRequestSchema,
    answer: z.object({
      format: z.string(),
      /** Images that it describes; a lower bound where `complete` is false, for there were too many to count in time. */
      images: z.number().int(),
      complete: z.boolean(),
      classes: z.array(z.object({ name: z.string(), images: z.number().int() })),
      splits: counts,
      withTruth: z.number().int(),
      unlabelled: z.number().int(),
      /** Images whose files were looked at, and what is wrong with some of them and with the lists. */
      examined: z.number().int(),
      failures: z.array(failureSchema),
      failureCount: z.number().int(),
    }),
  }),
  failures: route({
    method: 'GET',
    path: '/api/projects/:project/failures',
    summary: 'problems of the imports, a part at a time; import-report.csv of the project has the same',
    params: projectParams,
    query: z.object({
      offset: numberText(z.number().int().min(0)).default(0),
      limit: numberText(z.number().int().min(1).max(5000)).default(1000),
    }),
    answer: z.object({ failures: z.array(failureSchema), total: z.number().int() }),
  }),
  info: route({
    method: 'GET',
    path: '/api/projects/:project',
    summary: 'figures of a project: images, classes, datasets, problems of the imports',
    params: projectParams,
    answer: infoSchema,
  }),
} as const;
