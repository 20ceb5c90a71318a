import { join } from 'node:path';
import type { ImageRecord } from '../../../../shared/project.js';
import type { Domain, Failure } from '../../../../shared/types.js';
import type { DatasetEntry, Size } from '../formats/index.js';
import { drawTruth } from './draw-truth.js';
import { examineId, examineLabels, examinePhoto, examineTruth, type Examined } from './examine.js';

/** An entry of a dataset and what the project has under its id. */
export interface Place {
  entry: DatasetEntry;
  /** The image of an earlier import. */
  known: ImageRecord | null;
  /** What else has the id already, in words, or null. */
  takenBy: string | null;
}

export interface EntryContext {
  /** Folder of the dataset. */
  root: string;
  dataset: number;
  domain: Domain;
  /** Names of the project's classes. */
  classes: readonly string[];
  /** Path of the ground truth that is drawn for an image. */
  truthFile(id: string): string;
}

/**
 * The image an entry comes to, or null where it must be skipped, and everything that is wrong with it. An image that is
 * known keeps what it has and gets what it lacked.
 */
export async function examineEntry(
  { entry, known, takenBy }: Place,
  context: EntryContext,
): Promise<{ image: ImageRecord | null; failures: Failure[] }> {
  const { root, dataset, domain, classes: names } = context;
  const failures: Failure[] = [];
  const skipped = { image: null, failures };
  const valueOf = <Value>({ value, failure }: Examined<Value>): Value | null => {
    if (failure) failures.push(failure);
    return value;
  };
  const { id, path, split } = entry;
  const truthOf = async (size: Size): Promise<string | null> => {
    if (entry.truth === null || typeof entry.truth === 'string') return valueOf(await examineTruth(entry, entry.truth, root, size)); // prettier-ignore
    const drawn = await drawTruth(id, entry.truth, size, context);
    failures.push(...drawn.failures);
    return drawn.value;
  };
  if (valueOf(examineId(entry, root)) === null) return skipped;
  if (takenBy !== null) {
    const reason = `the id ${id} belongs to ${takenBy}`;
    failures.push({ id, file: join(root, path), code: 'id-duplicate', reason, action: 'skipped' });
    return skipped;
  }
  const classes = known?.classes.length ? known.classes : valueOf(examineLabels(entry, root, names));
  if (classes === null) return skipped;
  const size = known ?? valueOf(await examinePhoto(entry, root));
  if (size === null) return skipped;
  const { width, height } = size;
  const truth = known?.truth ?? (await truthOf(size));
  const image = { id, dataset, path, width, height, split: known?.split ?? split, domain, classes, truth };
  return { image, failures };
}
