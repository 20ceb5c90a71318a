import { existsSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StudioError } from '../../../../../shared/errors.js';
import { cacheFolder, thisMachine, type Machine } from '../../runtime/places.js';
import { weightCatalogue, type CatalogueEntry } from './entries.js';

/** Where fetched weights lie, in the cache folder that all checkouts share. */
export const weightsFolder = (machine: Machine = thisMachine()): string => join(cacheFolder(machine), 'weights');

/** Whether all files of an entry are in `folder`; each was checked when it was put there. */
export const isFetched = ({ files }: CatalogueEntry, folder: string): boolean =>
  files.every(({ path }) => existsSync(join(folder, path)));

/** The entry of this name. Throws `usage` listing the names that there are. */
export function catalogueEntry(name: string, catalogue = weightCatalogue): CatalogueEntry {
  const entry = catalogue.find((one) => one.name === name);
  if (entry) return entry;
  throw new StudioError({
    code: 'usage',
    message: `there are no weights called "${name}" in the catalogue`,
    remedy: `Choose one of: ${catalogue.map((one) => one.name).join(', ')} (comask weights list).`,
  });
}

/** Notes that weights are used: those not used for longest are the first to go. A folder that cannot be written notes nothing. */
function used(path: string): string {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // They can be read all the same.
  }
  return path;
}

/**
 * The absolute path of weights as a person names them: a file or folder that is there, else what was fetched under that
 * name of the catalogue, else the path as it is, for the reader to say that it is missing. Throws `weights-missing` for a
 * name of the catalogue that has not been fetched.
 */
export function weightsPath(typed: string, folder = weightsFolder()): string {
  const path = resolve(typed);
  const entry = weightCatalogue.find(({ name }) => name === typed);
  if (!entry || existsSync(path)) return path;
  if (isFetched(entry, folder)) return used(join(folder, entry.path));
  throw new StudioError({
    code: 'weights-missing',
    message: `the weights "${typed}" have not been fetched yet`,
    file: join(folder, entry.path),
    remedy: `Fetch them first (comask weights get ${typed}).`,
  });
}
