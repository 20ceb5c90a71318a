import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { resolveInside } from '../../project/paths.js';

/** Path of an image's file in a folder of others, under the whole id or its last part; the former where neither is there. */
export function foreignFile(folder: string, id: string, ending: string): string {
  const [whole, last] = [id, basename(id)].map((name) => resolveInside(folder, name + ending));
  return !existsSync(whole) && existsSync(last) ? last : whole;
}

/** Throws `file-missing` unless there is such a folder. */
export async function requireFolder(folder: string): Promise<void> {
  if (await stat(folder).then((found) => found.isDirectory(), () => false)) return; // prettier-ignore
  throw new StudioError({
    code: 'file-missing',
    message: `there is no folder ${folder}`,
    file: folder,
    remedy: 'Check the path (--from).',
  });
}
