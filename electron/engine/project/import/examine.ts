import { join } from 'node:path';
import { errorDetails } from '../../../../shared/errors.js';
import type { Failure } from '../../../../shared/types.js';
import { checkPhoto, maskOrientation, photoHeader } from '../../images/index.js';
import type { DatasetEntry } from '../formats/index.js';
import { idProblem, resolveInside } from '../paths.js';
import { resolveLabels } from './resolve-labels.js';

/** Either something to use, perhaps with a warning, or the reason why it cannot be used. */
export interface Examined<Value> {
  value: Value | null;
  failure?: Failure;
}

const SKIPPED = 'skipped';

/** The entry's id, if it is safe and its photo's path stays inside the dataset. */
export function examineId({ id, path }: DatasetEntry, root: string): Examined<string> {
  try {
    resolveInside(root, path);
  } catch (error) {
    return { value: null, failure: failureOf(error, id, path, SKIPPED) };
  }
  const problem = idProblem(id);
  if (problem === null) return { value: id };
  const reason = `the id ${JSON.stringify(id)} is not safe on every file system: ${problem}`;
  return { value: null, failure: { id, file: join(root, path), code: 'id-unsafe', reason, action: SKIPPED } };
}

/** The entry's class indices. An unknown label skips the image: training takes a label that is missing for a no. */
export function examineLabels(entry: DatasetEntry, root: string, classes: readonly string[]): Examined<number[]> {
  const { id, labels } = entry;
  const file = join(root, entry.path);
  if (labels === null) return { value: [] };
  if (labels.length === 0) {
    const action = 'imported without labels';
    return { value: [], failure: { id, file, code: 'label-missing', reason: 'it has no label', action } };
  }
  const resolved = resolveLabels(labels, classes);
  if (resolved.ok) return { value: resolved.indices };
  const reason = `${JSON.stringify(resolved.unknown)} is none of the ${classes.length} classes`;
  return { value: null, failure: { id, file, code: 'label-unknown', reason, action: SKIPPED } };
}

/** Size of the entry's photo, upright, after a check that it is whole. */
export async function examinePhoto(
  { id, path }: DatasetEntry,
  root: string,
): Promise<Examined<{ width: number; height: number }>> {
  try {
    const { width, height } = await checkPhoto(resolveInside(root, path));
    return { value: { width, height } };
  } catch (error) {
    return { value: null, failure: failureOf(error, id, join(root, path), SKIPPED) };
  }
}

/** The picture of an entry's ground truth, if its header says that it is as large as the photo, upright or as it is stored. */
export async function examineTruth(
  { id, path }: DatasetEntry,
  truth: string | null,
  root: string,
  photo: { width: number; height: number },
): Promise<Examined<string>> {
  if (truth === null) return { value: null };
  const file = join(root, truth);
  const action = 'imported without ground truth';
  try {
    const { stored } = await photoHeader(resolveInside(root, truth));
    const { width, height } = stored;
    if ((await maskOrientation(stored, photo, resolveInside(root, path))) !== null) return { value: truth };
    const reason = `ground truth is ${width}x${height}, the photo ${photo.width}x${photo.height}`;
    return { value: null, failure: { id, file, code: 'size-mismatch', reason, action } };
  } catch (error) {
    return { value: null, failure: failureOf(error, id, file, action) };
  }
}

/** What went wrong with an entry, as a failure. */
export function failureOf(error: unknown, id: string, file: string, action: string): Failure {
  const { code, message } = errorDetails(error);
  return { id, file, code, reason: message, action };
}
