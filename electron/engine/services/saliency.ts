import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { SaliencySettings } from '../../../shared/settings/saliency.js';
import type { Failure, OnProgress } from '../../../shared/types.js';
import { decodePhoto, encodeGrey } from '../images/index.js';
import { saliencyRegistry } from '../learn/saliency/registry.js';
import { writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { startPace } from './pace.js';
import { requireImages } from './sets.js';

export interface SaliencyRequest {
  /** Name of the set of maps. */
  name: string;
  settings: SaliencySettings;
  /** Only images of this split. */
  split?: string;
  /** Throw the maps of these images away first. */
  overwrite?: boolean;
}

export interface SaliencyReport {
  name: string;
  /** Absolute. */
  folder: string;
  source: string;
  /** Images asked for; every one is in one of the three below. */
  images: number;
  made: number;
  kept: number;
  failures: Failure[];
}

/** Failures that concern the set as a whole, so that going on would only repeat them. */
const fatal = new Set(['disk-full', 'not-writable', 'interrupted']);

/**
 * Makes the saliency maps of a project's images, saliency/<name>/{id}.png. Maps that are there are kept, so a run that
 * was stopped goes on where it was. A photo that cannot be used is listed and the rest goes on.
 * Throws StudioError: the source cannot be opened; `settings-invalid` where the maps that are there were made with other
 * settings; `dataset-empty`; `disk-full`, `not-writable`; `interrupted` when `signal` is aborted.
 */
export async function makeSaliency(
  project: Project,
  request: SaliencyRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SaliencyReport> {
  const { name, settings, split, overwrite = false } = request;
  const folder = project.paths.saliency(name);
  requireImages(project, { split });
  const images = project.store.images({ split });
  const fileOf = ({ id }: ImageRecord): string => project.paths.saliencyMap(name, id);
  // Thrown away before the first new one is made: stopped half-way, the set holds no map of the settings before.
  if (overwrite) for (const image of images) await rm(fileOf(image), { force: true });
  const waiting = images.filter((image) => !existsSync(fileOf(image)));
  const kept = images.length - waiting.length;
  if (kept > 0) refuseMixture(project, name, settings);

  const source = await saliencyRegistry[settings.source].open(settings);
  const failures: Failure[] = [];
  try {
    project.store.recordArtifact({ kind: 'saliency', name, parents: [], settings });
    const pace = startPace();
    for (const [index, image] of waiting.entries()) {
      if (signal.aborted) throw interrupted(index, waiting.length);
      const file = project.photoPath(image);
      try {
        const map = await source.saliencyOf(await decodePhoto(file), image.id);
        await writeFileAtomic(fileOf(image), encodeGrey(map));
      } catch (error) {
        const details = errorDetails(error);
        if (fatal.has(details.code)) throw error;
        failures.push({
          id: image.id,
          file: details.file ?? file,
          code: details.code,
          reason: details.message,
          action: 'skipped',
        });
      }
      const progress = { stage: 'saliency', done: index + 1, total: waiting.length, unit: 'images' };
      onProgress({ ...progress, ...pace.tick(index + 1, waiting.length) });
    }
  } finally {
    await source.close();
  }
  const made = waiting.length - failures.length;
  return { name, folder, source: settings.source, images: images.length, made, kept, failures };
}

/** One set holds maps of one kind: finishing it with other settings would mix two without a trace. */
function refuseMixture(project: Project, name: string, settings: SaliencySettings): void {
  const before = project.store.artifact('saliency', name)?.settings;
  // Threads change the speed, not the maps.
  const { threads: _, ...asked } = settings;
  const other = Object.entries(asked).filter(
    ([key, value]) => before !== undefined && JSON.stringify(before[key]) !== JSON.stringify(value),
  );
  if (other.length === 0) return;
  throw new StudioError({
    code: 'settings-invalid',
    message: `the saliency maps "${name}" were made with another ${other.map(([key]) => key).join(', ')}`,
    remedy: 'Choose another --saliency NAME, or make them anew with --overwrite.',
  });
}

function interrupted(done: number, total: number): StudioError {
  return new StudioError({
    code: 'interrupted',
    message: `stopped after ${done} of ${total} images`,
    remedy: 'Run the command again, without --overwrite, to go on.',
  });
}
