import { z } from 'zod';
import { devices, machineSettingsSchema } from '../machine-settings.js';
import { doneSchema, errorSchema, progressSchema } from './common.js';
import { route } from './route.js';

const device = z.enum(devices);

/** Caches that have a bound and can be emptied: thumbnails of photos, and weights fetched from the catalogue. */
export const cacheNames = ['thumbnails', 'downloads'] as const;
export type CacheName = (typeof cacheNames)[number];

const cacheUseSchema = z.object({ folder: z.string(), bytes: z.number().int(), files: z.number().int() });
export type CacheUse = z.infer<typeof cacheUseSchema>;

const cachesSchema = z.object({ thumbnails: cacheUseSchema, downloads: cacheUseSchema });

/** Something that goes on for the machine and no project: how far it is, or how it ended. */
const workSchema = z.object({
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** What it has said so far, a line each. */
  lines: z.array(z.string()),
  progress: progressSchema.nullable(),
  error: errorSchema.nullable(),
});
export type MachineWork = z.infer<typeof workSchema>;

/** An installation of a runtime. */
export const installationSchema = workSchema.extend({ device });
export type Installation = z.infer<typeof installationSchema>;

/** A download of weights, by their name in the catalogue. */
const downloadSchema = workSchema.extend({ name: z.string() });
export type WeightsDownload = z.infer<typeof downloadSchema>;

/** What weights of the catalogue serve: a backbone, by its name, or saliency. */
export const weightUses = ['vgg16', 'resnet50', 'mobilenet', 'saliency'] as const;
export type WeightUse = (typeof weightUses)[number];

export const catalogueWeightsSchema = z.object({
  name: z.string(),
  for: z.enum(weightUses),
  licence: z.string(),
  /** Where they come from. */
  host: z.string(),
  /** Bytes to be downloaded. */
  bytes: z.number().int(),
  fetched: z.boolean(),
});
export type CatalogueWeights = z.infer<typeof catalogueWeightsSchema>;

export const runtimeStateSchema = z.object({
  device,
  /** Version of TensorFlow. */
  tensorflow: z.string(),
  /** Whether it is the one for this machine where none is chosen. */
  preferred: z.boolean(),
  folder: z.string(),
  /** Bytes to be downloaded. */
  downloadBytes: z.number().int(),
  /** When and by which compiler; null where it is not installed. */
  installed: z.object({ installedAt: z.string(), compiler: z.string() }).nullable(),
});
export type RuntimeState = z.infer<typeof runtimeStateSchema>;

const runtimesSchema = z.object({
  /** Those that this machine can have. */
  runtimes: z.array(runtimeStateSchema),
  /** The latest since the engine was started. */
  installation: installationSchema.nullable(),
});

const doctorSchema = z.object({
  machine: z.object({
    system: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    nvidia: z.string().nullable(),
  }),
  versions: z.object({
    comask: z.string(),
    node: z.string(),
    python: z.string().nullable(),
    compiler: z.string().nullable(),
  }),
  runtimes: z.array(
    z.object({
      device,
      preferred: z.boolean(),
      folder: z.string().nullable(),
      tensorflow: z.string().nullable(),
      /** Whether tensors really live on a GPU. */
      gpu: z.boolean().nullable(),
      /** GFLOPS of a 3x3 convolution of 256 to 256 channels. */
      gflops: z.number().nullable(),
    }),
  ),
  memory: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
  disk: z.object({ folder: z.string(), freeBytes: z.number() }),
  problems: z.array(z.object({ severity: z.enum(['error', 'warning']), message: z.string(), remedy: z.string() })),
});
export type DoctorAnswer = z.infer<typeof doctorSchema>;

export const machineRoutes = {
  settings: route({
    method: 'GET',
    path: '/api/machine/settings',
    summary: 'settings of the machine that all projects share: device and bounds of the caches',
    answer: machineSettingsSchema,
  }),
  change: route({
    method: 'PUT',
    path: '/api/machine/settings',
    summary: 'changes some of the settings of the machine; a lower bound of a cache takes effect at once',
    body: machineSettingsSchema.partial(),
    answer: machineSettingsSchema,
  }),
  caches: route({
    method: 'GET',
    path: '/api/machine/caches',
    summary: 'what the caches take up',
    answer: cachesSchema,
  }),
  clear: route({
    method: 'DELETE',
    path: '/api/machine/caches/:cache',
    summary: 'empties a cache; what it held is made or fetched again when it is asked for',
    params: z.object({ cache: z.enum(cacheNames) }),
    answer: cachesSchema,
  }),
  runtimes: route({
    method: 'GET',
    path: '/api/machine/runtimes',
    summary: 'the compute runtimes that the machine can have, which are installed, and how far an installation is',
    answer: runtimesSchema,
  }),
  install: route({
    method: 'POST',
    path: '/api/machine/runtimes/:device/installation',
    summary: 'installs the compute runtime of a device beside everything else, one at a time',
    params: z.object({ device }),
    body: z.object({
      /** Anew, even where it is there. */
      force: z.boolean().default(false),
    }),
    answer: installationSchema,
  }),
  cancelInstall: route({
    method: 'DELETE',
    path: '/api/machine/installation',
    summary: 'stops the installation that runs; finished downloads are used again by the next',
    answer: doneSchema,
  }),
  weights: route({
    method: 'GET',
    path: '/api/machine/weights',
    summary: 'the weights that can be fetched by name, which are there, and how far a download is',
    answer: z.object({
      weights: z.array(catalogueWeightsSchema),
      /** The latest since the engine was started. */
      download: downloadSchema.nullable(),
    }),
  }),
  fetchWeights: route({
    method: 'POST',
    path: '/api/machine/weights/:name/download',
    summary: 'fetches weights of the catalogue from whoever published them and checks their hash, one at a time',
    params: z.object({ name: z.string() }),
    answer: downloadSchema,
  }),
  cancelFetch: route({
    method: 'DELETE',
    path: '/api/machine/download',
    summary: 'stops the download of weights that runs; the next goes on where it was',
    answer: doneSchema,
  }),
  doctor: route({
    method: 'GET',
    path: '/api/machine/doctor',
    summary:
      'what `comask doctor` finds: machine, versions, speed of each runtime, free space, and problems with their remedies',
    answer: doctorSchema,
  }),
} as const;
