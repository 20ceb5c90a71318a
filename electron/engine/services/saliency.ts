import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ImageFilter, ImageRecord } from '../../../shared/project.js';
import { startPace } from '../../../shared/pace.js';
import type { SaliencySettings } from '../../../shared/settings/saliency.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { Domain, Failure } from '../../../shared/types.js';
import { WORKING_PIXELS, decodePhoto, encodeGrey, resizeBilinear } from '../images/index.js';
import { saliencyRegistry } from '../learn/saliency/registry.js';
import { writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { requireImages } from './sets.js';

export interface SaliencyRequest {
  /** Name of the set of maps. */
  name: string;
  settings: SaliencySettings;
  /** Only images of this split. */
  split?: string;
  /** Only images of this domain; null or left out: of all. */
  domain?: Domain | null;
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
const FATAL = new Set(['disk-full', 'not-writable']);

/** Images under way at a time: one is decoded or written while a network looks at another. */
const IN_FLIGHT = 2;

/**
 * Makes the saliency maps of a project's images, saliency/<name>/{id}.png. Maps that are there are kept, so a run that
 * was stopped goes on where it was. A photo that cannot be used is listed and the rest goes on.
 * Throws StudioError: what the source cannot be opened for; `settings-invalid` where maps that are there were made with
 * other settings; `dataset-empty`; `disk-full`, `not-writable`; `interrupted` when `signal` is aborted.
 */
export async function makeSaliency(
  project: Project,
  { name, settings, split, domain, overwrite = false }: SaliencyRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SaliencyReport> {
  const { store, paths } = project;
  const fileOf = ({ id }: ImageRecord): string => paths.saliencyMap(name, id);
  const filter: ImageFilter = { split, domain: domain ?? undefined };
  const total = requireImages(project, filter);
  const report: SaliencyReport = {
    name,
    folder: paths.saliency(name),
    source: settings.source,
    images: total,
    made: 0,
    kept: 0,
    failures: [],
  };
  // Opened before anything is thrown away: a wrong path leaves the set as it was.
  const source = await saliencyRegistry[settings.source].open(settings);
  try {
    // Thrown away before the first new one is made: stopped half-way, the set holds no map of the settings before.
    if (overwrite) for (const image of store.iterateImages(filter)) await rm(fileOf(image), { force: true });
    else refuseMixture(project, name, settings);
    store.recordArtifact({ kind: 'saliency', name, parents: [], settings });

    const pace = startPace();
    const make = async (image: ImageRecord): Promise<void> => {
      if (existsSync(fileOf(image))) {
        report.kept++;
        return;
      }
      const file = project.photoPath(image);
      try {
        const map = await source.saliencyOf(await decodePhoto(file, WORKING_PIXELS), image.id);
        await writeFileAtomic(fileOf(image), encodeGrey(resizeBilinear(map, image.width, image.height)));
        report.made++;
      } catch (error) {
        const { code, message, file: culprit } = errorDetails(error);
        if (FATAL.has(code)) throw error;
        report.failures.push({ id: image.id, file: culprit ?? file, code, reason: message, action: 'no map made' });
      }
      const timed = pace.tick(report.made + report.failures.length, total - report.kept);
      const done = report.made + report.kept + report.failures.length;
      onProgress({ stage: 'saliency', done, total, unit: 'images', ...timed });
    };
    await forEachInFlight(store.iterateImages(filter), IN_FLIGHT, make, signal);
  } finally {
    await source.close();
  }
  if (signal.aborted) throw interrupted(report);
  report.failures.sort((a, b) => (a.id! < b.id! ? -1 : 1));
  return report;
}

/** One set holds maps of one kind: finishing it with other settings would mix two without a trace. */
export function refuseMixture({ store, paths }: Project, name: string, settings: SaliencySettings): void {
  const before = store.artifact('saliency', name)?.settings;
  if (before === undefined || !existsSync(paths.saliency(name))) return;
  // Threads change the speed, not the maps.
  const { threads: _, ...asked } = settings;
  const other = Object.entries(asked).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value));
  if (other.length === 0) return;
  for (const { id } of store.iterateImages()) {
    if (!existsSync(paths.saliencyMap(name, id))) continue;
    throw new StudioError({
      code: 'settings-invalid',
      message: `the saliency maps "${name}" were made with another ${other.map(([key]) => key).join(', ')}`,
      file: paths.saliency(name),
      remedy: 'Choose another name (--saliency), or make them anew (--overwrite).',
    });
  }
}

function interrupted({ images, made, kept }: SaliencyReport): StudioError {
  return new StudioError({
    code: 'interrupted',
    message: `stopped with ${made + kept} of ${images} saliency maps made`,
    remedy: 'Start it again to go on (comask: the same command, without --overwrite).',
  });
}
