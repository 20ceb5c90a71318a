import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../../../shared/errors.js';
import { withInstallLock } from '../../runtime/lock.js';
import { weightCatalogue, type CatalogueEntry } from './entries.js';
import { weightsFolder } from './find.js';

interface Kept {
  entry: CatalogueEntry;
  bytes: number;
  files: number;
  /** When it was fetched or last used, milliseconds. */
  usedMs: number;
}

/** Milliseconds after which a download that still runs is left to itself. */
const PATIENCE = 1000;

/** What was fetched of an entry, whole or in part; null where nothing was. */
async function keptOf(entry: CatalogueEntry, folder: string): Promise<Kept | null> {
  const paths = entry.files.flatMap(({ path }) => [join(folder, path), `${join(folder, path)}.part`]);
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const files = found.filter((one) => one?.isFile());
  if (files.length === 0) return null;
  const used = await stat(join(folder, entry.path)).catch(() => files[0]);
  const bytes = files.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  return { entry, bytes, files: files.length, usedMs: used?.mtimeMs ?? 0 };
}

async function remove({ files, path }: CatalogueEntry, folder: string): Promise<void> {
  const paths = files.flatMap((file) => [join(folder, file.path), `${join(folder, file.path)}.part`]);
  await Promise.all(paths.map((file) => rm(file, { force: true })));
  const own = join(folder, path);
  if ((await readdir(own).catch(() => null))?.length === 0) await rm(own, { recursive: true });
}

/**
 * Lets weights of the catalogue go that were not used for longest, until the rest takes up `mostBytes` at most. One that
 * is named stays. Files that a person has put there are left alone. To be called by whoever holds the folder's lock.
 */
export async function trimWeights(
  folder: string,
  mostBytes: number,
  { stays, catalogue = weightCatalogue }: { stays?: string; catalogue?: readonly CatalogueEntry[] } = {},
): Promise<void> {
  const kept = (await Promise.all(catalogue.map((entry) => keptOf(entry, folder)))).filter((one) => one !== null);
  let bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  for (const { entry, bytes: own } of kept.sort((a, b) => a.usedMs - b.usedMs)) {
    if (bytes <= mostBytes) return;
    if (entry.name === stays) continue;
    await remove(entry, folder);
    bytes -= own;
  }
}

/** Weights that were fetched from the catalogue, in the folder that all checkouts share. */
export class Downloads {
  readonly #folder: string;
  readonly #catalogue: readonly CatalogueEntry[];

  constructor(folder = weightsFolder(), catalogue: readonly CatalogueEntry[] = weightCatalogue) {
    [this.#folder, this.#catalogue] = [folder, catalogue];
  }

  async use(): Promise<{ folder: string; bytes: number; files: number }> {
    const kept = await Promise.all(this.#catalogue.map((entry) => keptOf(entry, this.#folder)));
    const sum = (count: 'bytes' | 'files'): number => kept.reduce((total, one) => total + (one?.[count] ?? 0), 0);
    return { folder: this.#folder, bytes: sum('bytes'), files: sum('files') };
  }

  /** See trimWeights. Throws `busy` while something is being downloaded. */
  async trim(mostBytes: number): Promise<void> {
    if (!existsSync(this.#folder)) return;
    const signal = AbortSignal.timeout(PATIENCE);
    const work = () => trimWeights(this.#folder, mostBytes, { catalogue: this.#catalogue });
    try {
      await withInstallLock(this.#folder, { say: () => undefined, signal }, work);
    } catch (error) {
      if (!(error instanceof StudioError) || error.code !== 'interrupted') throw error;
      const message = 'weights are being downloaded';
      throw new StudioError({ code: 'busy', message, file: this.#folder, remedy: 'Wait until they are there.' });
    }
  }
}
