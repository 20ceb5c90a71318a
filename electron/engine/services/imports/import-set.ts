import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { forEachInFlight } from '../../../../shared/in-flight.js';
import type { ImageFilter, ImageRecord } from '../../../../shared/project.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import type { Project } from '../../project/project.js';
import { paced } from '../paced.js';
import { requireImages } from '../sets.js';

/** A set of others that is to become one of the project. */
export interface ForeignSet {
  kind: 'maps' | 'masks';
  name: string;
  /** Where it comes from and how it is read: its lineage. */
  settings: Record<string, unknown>;
  filter: ImageFilter;
  /** Take files anew that are there. */
  overwrite: boolean;
  /** Paths of an image's files in the project. */
  filesOf(image: ImageRecord): string[];
  /** Takes what there is of an image; what it lacks comes back. */
  take(image: ImageRecord): Promise<Failure[]>;
}

export interface ImportSetResult {
  name: string;
  /** Absolute. */
  folder: string;
  images: number;
  imported: number;
  kept: number;
  failures: Failure[];
}

/** Failures that concern the set as a whole. */
const FATAL: readonly string[] = ['disk-full', 'not-writable', 'settings-invalid'];
/** Images under way at a time. */
const IN_FLIGHT = 2;

/**
 * Takes a set image by image. What is there is kept, so an import that was stopped goes on; an image that cannot be taken
 * is listed and the rest goes on. Throws `dataset-empty`, `settings-invalid` (a set of that name was made otherwise),
 * `interrupted`, `disk-full`, `not-writable`.
 */
export async function importSet(
  project: Project,
  set: ForeignSet,
  report: OnProgress,
  signal: AbortSignal,
): Promise<ImportSetResult> {
  const { kind, name, settings, filter, overwrite } = set;
  const onProgress = paced(report);
  const total = requireImages(project, filter);
  const folder = project.paths[kind](name);
  const result: ImportSetResult = { name, folder, images: total, imported: 0, kept: 0, failures: [] };
  // Thrown away before the first new one is there: stopped half-way, the set holds none of before.
  if (overwrite)
    for (const image of project.store.iterateImages(filter)) for (const file of set.filesOf(image)) await rm(file, { force: true }); // prettier-ignore
  else if (existsSync(folder)) refuseMixture(project, set, folder);
  project.store.recordArtifact({ kind, name, parents: [], settings });
  let done = 0;
  const take = async (image: ImageRecord): Promise<void> => {
    if (set.filesOf(image).every((file) => existsSync(file))) result.kept += 1;
    else {
      try {
        result.failures.push(...(await set.take(image)));
        result.imported += 1;
      } catch (error) {
        const { code, message, file } = errorDetails(error);
        if (FATAL.includes(code)) throw error;
        result.failures.push({ id: image.id, file: file ?? image.id, code, reason: message, action: 'left out' });
      }
    }
    onProgress({ stage: `importing-${kind}`, done: ++done, total, unit: 'images' });
  };
  await forEachInFlight(project.store.iterateImages(filter), IN_FLIGHT, take, signal);
  if (signal.aborted) {
    const message = `stopped after ${done} of ${total} images`;
    throw new StudioError({
      code: 'interrupted',
      message,
      remedy: 'Start it again to go on (comask: the same command, without --overwrite).',
    });
  }
  result.failures.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return result;
}

/** A set holds what was made one way. */
function refuseMixture({ store }: Project, { kind, name, settings }: ForeignSet, folder: string): void {
  const before = store.artifact(kind, name);
  if (before && isDeepStrictEqual(before.settings, settings) && before.parents.length === 0) return;
  throw new StudioError({
    code: 'settings-invalid',
    message: `the ${kind} "${name}" are there already, and were not imported in this way`,
    file: folder,
    remedy: 'Choose another name, or replace them (--overwrite).',
  });
}
