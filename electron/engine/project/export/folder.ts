import { existsSync, realpathSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { readJsonFile, writeError, writeFileAtomic } from '../files.js';
import { isInside, resolveInside } from '../paths.js';
import type { Project } from '../project.js';
import { Journal, removeJournal } from './journal.js';

/** Folder inside an export where it keeps its notes. */
export const NOTES = '.comask-export';

/** What an export was asked for: the same goes on, anything else is another export. */
export type ExportRecord = Record<string, unknown>;

const markerSchema = z.object({ madeBy: z.literal('comask export'), record: z.record(z.string(), z.unknown()) });

/** The path with links followed as far as it exists. */
function realPath(path: string): string {
  const above = dirname(path);
  if (existsSync(path) || above === path) return realpathSync(path);
  return join(realPath(above), basename(path));
}

const refuse = (message: string, file: string, remedy: string): StudioError =>
  new StudioError({ code: 'not-writable', message, file, remedy });

/** Throws `not-writable` for a folder in which the project or its photos lie. */
function refuseSources(project: Project, folder: string): void {
  const sources: [string, string][] = [
    ['the project', project.root],
    ...project.config.datasets.map(({ root }): [string, string] => ['a dataset of the project', root]),
  ];
  for (const [what, root] of sources) {
    if (!isInside(realPath(resolve(root)), realPath(folder))) continue;
    throw refuse(`${folder} lies in the folder of ${what}`, folder, 'Choose a folder of its own for the export.');
  }
}

/** Throws `not-writable` for a file, and for a folder that holds anything but an export. */
async function refuseForeign(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found === null) return;
  if (!found.isDirectory()) {
    throw refuse(`${folder} is a file, not a folder`, folder, 'Choose a folder that does not exist yet.');
  }
  const entries = await readdir(folder).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  if (entries.length === 0 || entries.includes(NOTES)) return;
  throw refuse(
    `${folder} holds other files`,
    folder,
    'Choose an empty folder, or one that an earlier export was written to.',
  );
}

/** Removes what an earlier export wrote, so that nothing of it is taken for part of the next one. */
async function removeFiles(folder: string, database: string): Promise<void> {
  const journal = new Journal(database);
  try {
    for (const path of journal.files()) await rm(resolveInside(folder, path), { force: true });
  } finally {
    journal.close();
  }
  await removeJournal(database);
}

/**
 * Checks that an export may go into the folder before anything is written. Throws `not-writable` for the folder of the
 * project or of a dataset, or one that holds other files.
 */
export async function checkTarget(project: Project, folder: string): Promise<void> {
  refuseSources(project, folder);
  await refuseForeign(folder);
}

/** The lock file of an export. */
export const lockOf = (folder: string): string => join(folder, NOTES, 'lock');

/**
 * Opens the notes of an export in a folder that checkTarget let pass. An export that was asked for otherwise is refused,
 * or with `overwrite` removed first. Throws `usage`, `file-damaged`, `not-writable`, `disk-full`.
 */
export async function openExport(folder: string, record: ExportRecord, overwrite: boolean): Promise<Journal> {
  const [marker, database] = [join(folder, NOTES, 'export.json'), join(folder, NOTES, 'journal.sqlite')];
  if (existsSync(marker) && !overwrite) {
    const before = readJsonFile(marker, markerSchema).record;
    const keys = [...new Set([...Object.keys(record), ...Object.keys(before)])];
    const other = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(record[key]));
    if (other.length > 0) {
      throw new StudioError({
        code: 'usage',
        message: `the folder holds an export with another ${other.join(', ')}`,
        file: folder,
        remedy: 'Choose another folder (--to), or replace the export (--overwrite).',
      });
    }
  }
  if (overwrite && existsSync(database)) await removeFiles(folder, database);
  await writeFileAtomic(marker, `${JSON.stringify({ madeBy: 'comask export', record }, null, 2)}\n`);
  return new Journal(database);
}
