import { createHash } from 'node:crypto';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { datasetSchema, type DatasetRoot, type ImageRecord } from '../../../../shared/project.js';
import { presets, trainSettings, type TrainSettings } from '../../../../shared/settings/index.js';
import type { TrainingImage } from '../../learn/train/types.js';
import { readJsonFile } from '../../project/files.js';
import type { RunFiles } from './files.js';

/** Version of settings.json; a later one is refused. */
export const RUN_SCHEMA = 1;

/** A dataset that a run has learnt from: its place in project.json, what stood there, and how many images it gave. */
const seenDatasetSchema = datasetSchema.extend({
  place: z.number().int().min(0),
  images: z.number().int().min(0),
});

/** settings.json of a run: everything that its result depends on, beside the photos themselves. */
const runRecordSchema = z.object({
  schema: z.literal(RUN_SCHEMA),
  /** Trained here, or made of a checkpoint from elsewhere. */
  origin: z.enum(['trained', 'imported']),
  preset: z.enum(presets),
  settings: z.record(z.string(), z.unknown()),
  /** File or folder that the first weights came from. */
  weights: z.string().nullable(),
  split: z.string().nullable(),
  classes: z.array(z.string()),
  images: z.object({ count: z.number().int().min(0), digest: z.string() }),
  /** Datasets that its images come from; older records have none. */
  datasets: z.array(seenDatasetSchema).optional(),
  /** Labels that were left out or counted less after an audit; older records have none. */
  labels: z.object({ dropped: z.number().int().min(0), weighted: z.number().int().min(0) }).optional(),
});

export type RunRecord = Omit<z.infer<typeof runRecordSchema>, 'settings'> & { settings: TrainSettings };

/** How many images a training sees, and a digest of which ones with which labels, and what these count. */
export function imagesDigest(images: readonly TrainingImage[]): RunRecord['images'] {
  const hash = createHash('sha256');
  for (const { id, classes, domain, labelWeights } of images) {
    hash.update(`${JSON.stringify([id, classes, domain, ...(labelWeights ? [labelWeights] : [])])}\n`);
  }
  return { count: images.length, digest: hash.digest('hex') };
}

/** The datasets that images come from, in the order of project.json. */
export function seenDatasets(
  images: readonly Pick<ImageRecord, 'dataset'>[],
  datasets: readonly DatasetRoot[],
): NonNullable<RunRecord['datasets']> {
  return datasets.flatMap((dataset, place) => {
    const count = images.filter((image) => image.dataset === place).length;
    return count > 0 ? [{ ...dataset, place, images: count }] : [];
  });
}

/** What a run learns, by its record: older ones and the classifier's do not say. */
export function taskOf({ settings: file }: RunFiles): 'classify' | 'segment' {
  const { task } = readJsonFile(file, z.object({ task: z.string().optional() }));
  return task === 'segment' ? 'segment' : 'classify';
}

/**
 * Throws `file-missing`, `file-unreadable`, `file-damaged`, `settings-invalid` for settings out of range, and `run-missing`
 * for the run of a segmenter.
 */
export function readRunRecord(files: RunFiles): RunRecord {
  const { settings: file } = files;
  if (taskOf(files) === 'segment') {
    throw new StudioError({
      code: 'run-missing',
      message: `"${path.basename(files.folder)}" is the run of a segmenter, not of a classifier`,
      file: files.folder,
      remedy: 'Choose the run of a classifier (comask train).',
    });
  }
  const record = readJsonFile(file, runRecordSchema);
  return { ...record, settings: trainSettings.resolve(record.settings, record.preset) };
}

/** Names of what differs between two records: settings by their keys, the rest by what it is. */
export function recordDifferences(a: RunRecord, b: RunRecord): string[] {
  const keys = trainSettings.keys.filter((key) => !isDeepStrictEqual(a.settings[key], b.settings[key]));
  const rest = (['weights', 'split', 'classes', 'images'] as const).filter((key) => !isDeepStrictEqual(a[key], b[key]));
  return [...keys, ...rest];
}

/** How the records of one kind of run are read and compared. */
export interface RecordKind<Record> {
  read(files: RunFiles): Record;
  /** Names of what differs. */
  differences(a: Record, b: Record): string[];
}

export const classifierRecords: RecordKind<RunRecord> = { read: readRunRecord, differences: recordDifferences };

/** Throws `settings-invalid` naming every setting in which a run to go on with differs from how it was started. */
export function assertSame(differences: readonly string[], { settings: file }: RunFiles): void {
  if (differences.length === 0) return;
  throw new StudioError({
    code: 'settings-invalid',
    message: `the run was started with other values of: ${differences.join(', ')}`,
    file,
    remedy: 'Go on with the values it was started with, or train under another name (--run).',
  });
}
