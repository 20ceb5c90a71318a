import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { presets, segmentSettings, type SegmentSettings } from '../../../../shared/settings/index.js';
import { readJsonFile } from '../../project/files.js';
import type { RunFiles } from './files.js';
import { RUN_SCHEMA, taskOf, type RecordKind } from './record.js';

/** settings.json of a segmenter's run: everything that its result depends on, beside the photos themselves. */
const segmentRecordSchema = z.object({
  schema: z.literal(RUN_SCHEMA),
  task: z.literal('segment'),
  origin: z.literal('trained'),
  preset: z.enum(presets),
  settings: z.record(z.string(), z.unknown()),
  /** File or folder that the backbone's first weights came from. */
  weights: z.string().nullable(),
  split: z.string().nullable(),
  classes: z.array(z.string()),
  /** Set it learns from; null for the masks made by hand alone. */
  masks: z.object({ kind: z.enum(['masks', 'predictions']), name: z.string() }).nullable(),
  agreement: z.string().nullable(),
  /** How many images there are to learn from, how many of them by masks made by hand, and a digest of all masks. */
  images: z.object({ count: z.number().int().min(0), corrected: z.number().int().min(0), digest: z.string() }),
  /** Split that the weights are measured on, and its images; null where they are not. */
  validation: z.object({ split: z.string(), images: z.number().int().min(0) }).nullable(),
});

export type SegmentRecord = Omit<z.infer<typeof segmentRecordSchema>, 'settings'> & { settings: SegmentSettings };

/**
 * Throws `file-missing`, `file-unreadable`, `file-damaged`, `settings-invalid` for settings out of range, and `run-missing`
 * for the run of a classifier.
 */
export function readSegmentRecord(files: RunFiles): SegmentRecord {
  if (taskOf(files) !== 'segment') {
    throw new StudioError({
      code: 'run-missing',
      message: 'that is the run of a classifier, not of a segmenter',
      file: files.folder,
      remedy: 'Choose the run of a segmenter (comask segment train).',
    });
  }
  const record = readJsonFile(files.settings, segmentRecordSchema);
  return { ...record, settings: segmentSettings.resolve(record.settings, record.preset) };
}

/** What two trainings have to have in common to be the same one. */
const compared = ['weights', 'split', 'classes', 'masks', 'agreement', 'images', 'validation'] as const;

export const segmentRecords: RecordKind<SegmentRecord> = {
  read: readSegmentRecord,
  differences: (a, b) => [
    ...segmentSettings.keys.filter((key) => !isDeepStrictEqual(a.settings[key], b.settings[key])),
    ...compared.filter((key) => !isDeepStrictEqual(a[key], b[key])),
  ],
};
