import { StudioError } from '../../../../../shared/errors.js';
import { classLines } from './class-lines.js';
import { jsonNames } from './json.js';
import type { LabelFile, LabelReader } from './label-file.js';
import { npyVectors } from './npy.js';
import { tableRows } from './table.js';

export * from './label-file.js';

/** Every kind of label file: a new one is one file and one entry. */
export const labelReaders: readonly LabelReader[] = [classLines, npyVectors, tableRows, jsonNames];

/**
 * Reads image-level labels from a file of any kind, known by its ending.
 * @throws StudioError usage (no such kind), file-missing, file-unreadable, file-damaged
 */
export async function readLabelFile(file: string): Promise<LabelFile> {
  const reader = labelReaders.find(({ accepts }) => accepts(file));
  if (reader) return reader.read(file);
  throw new StudioError({
    code: 'usage',
    message: `labels cannot be read from ${file}`,
    file,
    remedy: `Give one of: ${labelReaders.map(({ name }) => name).join('; ')}.`,
  });
}
