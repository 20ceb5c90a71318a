import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { z } from 'zod';
import type { JobCheck } from '../../../../shared/api/job-checks.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { classifierParameters } from '../../learn/nets/classifier.js';
import { findRuntime } from '../../learn/runtime/installed.js';
import { weightCatalogue } from '../../learn/weights/catalogue/entries.js';
import { thisMachine } from '../../learn/runtime/places.js';
import type { Device } from '../../learn/runtime/release.js';
import type { Project } from '../../project/project.js';
import { runSummaries } from '../runs.js';
import { problemOf, shownError } from './sets.js';

const FLOAT = 4;
const MEGABYTE = 2 ** 20;
/** Free bytes below which any job is a risk: logs, index and thumbnails grow as well. */
const LITTLE = 1024 * MEGABYTE;

/** Whether the compute runtime is installed. */
export const checkRuntime = (device: Device | undefined): JobCheck =>
  problemOf('runtime', () => findRuntime(thisMachine(), device)) ?? { name: 'runtime', level: 'fine' };

/** Whether a training has the weights it starts from, and may read them. */
export async function checkWeights(file: string | null, net: string, fromNothing: boolean): Promise<JobCheck[]> {
  if (file === null) {
    if (fromNothing) return [];
    const message = `"${net}" starts from trained weights`;
    const names = weightCatalogue.filter((entry) => net.startsWith(entry.for)).map(({ name }) => name);
    const catalogued = names.length > 0 ? `${names.join(' or ')} of the catalogue (comask weights get ${names[0]}), ` : ''; // prettier-ignore
    const remedy = `Name ${catalogued}a file of weights, or choose the tiny net.`;
    return [{ name: 'weights', level: 'problem', error: { code: 'weights-missing', message, remedy } }];
  }
  try {
    await access(file, constants.R_OK);
    return [{ name: 'weights', level: 'fine' }];
  } catch (error) {
    const code = errorDetails(error).code === 'file-missing' ? 'file-missing' : 'file-unreadable';
    const message = code === 'file-missing' ? 'the weights are not there' : 'the weights cannot be read';
    const remedy = 'Check the path and the permissions.';
    return [{ name: 'weights', level: 'problem', error: shownError(new StudioError({ code, message, file, remedy })) }];
  }
}

/**
 * Bytes that a training writes: the weights of every epoch, and twice (one being written) the checkpoint to go on from,
 * which has the momentum as well.
 */
export function bytesOfTraining(settings: TrainSettings, classCount: number): number {
  const weights = [...classifierParameters(settings, classCount).values()];
  const bytes = FLOAT * weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return bytes * (settings.epochs + 4);
}

/** Whether a folder's disk has room. `needs` may be unknown. */
export async function checkDisk(folder: string, needs?: number): Promise<JobCheck[]> {
  const found = await statfs(folder).catch(() => null);
  if (!found) return [];
  const free = found.bavail * found.bsize;
  const level = needs !== undefined && needs > free ? 'problem' : free < LITTLE ? 'warning' : 'fine';
  return [{ name: 'disk', level, free, ...(needs === undefined ? {} : { needs }) }];
}

/** Settings that a training's memory hangs on, by what is trained. */
const sizes = {
  classify: ['backbone', 'inputSize', 'batchSize', 'microBatch', 'frozenStages'],
  segment: ['segmenter', 'cropSize', 'batchSize', 'microBatch', 'frozenStages', 'head.channels'],
} as const;
const costSchema = z.object({ peakMegabytes: z.number() });

/** The memory that an earlier training of the same sizes took, against that of the machine. Nothing where there was none. */
export function checkMemory(
  project: Project,
  task: keyof typeof sizes,
  settings: Readonly<Record<string, unknown>>,
): JobCheck[] {
  const peaks = runSummaries(project)
    .filter((run) => run.task === task && sizes[task].every((key) => run.settings[key] === settings[key]))
    .flatMap(({ metrics }) => costSchema.safeParse(metrics).data?.peakMegabytes ?? []);
  if (peaks.length === 0) return [];
  const needs = Math.max(...peaks) * MEGABYTE;
  const free = totalmem();
  return [{ name: 'memory', level: needs > free ? 'warning' : 'fine', needs, free }];
}
