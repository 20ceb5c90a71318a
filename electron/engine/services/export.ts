import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ImageFilter, ImageRecord } from '../../../shared/project.js';
import type { ExportSettings } from '../../../shared/settings/index.js';
import type { Failure, OnProgress } from '../../../shared/types.js';
import { takeLock } from '../jobs/run/lock.js';
import { checkTarget, lockOf, openExport } from '../project/export/folder.js';
import { exportFormats, type ExportContext, type ExportFormat, type PhotoMode } from '../project/export/index.js';
import type { Journal } from '../project/export/journal.js';
import { placePhoto } from '../project/export/photo.js';
import { writeError, writeFileAtomic } from '../project/files.js';
import { resolveInside } from '../project/paths.js';
import type { Project } from '../project/project.js';
import { maskSourceOf, readExportMask } from './export-mask.js';
import { paced } from './paced.js';
import { paletteOf, requireImages, requireSet } from './sets.js';

export interface ExportRequest {
  /** Name of the mask set; `corrected` for the masks made by hand alone. */
  masks: string;
  /** Name of the format. */
  format: string;
  /** Folder to write to. */
  to: string;
  split?: string;
  /** Only images with image-level labels. */
  labelled: boolean;
  /** Take a mask made by hand in the place of the set's where there is one. */
  corrected: boolean;
  /** Without it, as the format has it. */
  photos?: PhotoMode;
  /** Remove an earlier export first. */
  overwrite: boolean;
}

export interface ExportReport {
  /** Absolute. */
  folder: string;
  format: string;
  /** Images asked for; every one is in one of the next four. */
  images: number;
  written: number;
  kept: number;
  /** Images without a mask in the set, which is no fault: only labelled ones get one. */
  withoutMask: number;
  failures: Failure[];
  /** How many of those written have a mask made by hand. */
  corrected: number;
}

/** Images read, turned and written at a time. */
const IN_FLIGHT = 4;

/** Errors that the next image would meet as well: the export stops instead of listing each. */
const FATAL = new Set(['disk-full', 'not-writable']);

/** The format of that name. Throws `usage`. */
export function exportFormat(name: string): ExportFormat<any> {
  const found = exportFormats.find((format) => format.name === name);
  if (found) return found;
  throw new StudioError({
    code: 'usage',
    message: `there is no export format called "${name}"`,
    remedy: `Choose one of ${exportFormats.map((format) => format.name).join(', ')}.`,
  });
}

/**
 * Writes the masks of a project for other programs. An image that cannot be used is a failure; the rest goes on. Stopped
 * or killed, the same call goes on: images that are done are kept as long as their mask is the same file.
 * Throws `usage`, `set-missing`, `dataset-empty`, `busy`, `not-writable`, `disk-full`, `file-damaged`, `interrupted`.
 */
export async function exportMasks(
  project: Project,
  request: ExportRequest,
  settings: ExportSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ExportReport> {
  const format = exportFormat(request.format);
  const { to, overwrite, ...asked } = { ...request, photos: request.photos ?? format.photos };
  const folder = resolve(to);
  const { classes } = project.config;
  const context: ExportContext = { classes, palette: paletteOf(project), settings, photos: asked.photos, masks: asked.masks }; // prettier-ignore
  format.check?.(context);
  requireSet(project, 'masks', asked.masks);
  const filter: ImageFilter = { split: asked.split, labelled: asked.labelled ? true : undefined };
  const images = requireImages(project, filter);
  await checkTarget(project, folder);

  const lock = lockOf(folder);
  await mkdir(dirname(lock), { recursive: true }).catch((error: unknown) => {
    throw writeError(error, folder);
  });
  const unlock = takeLock(lock);
  try {
    // Classes are part of it: labels of a project that was made anew may mean something else.
    const record = { ...asked, project: project.root, classes, settings };
    const journal = await openExport(folder, JSON.parse(JSON.stringify(record)), overwrite);
    try {
      const job = new ExportJob(project, format, context, asked, folder, journal);
      const report = await job.convertAll(project.store.iterateImages(filter), images, paced(onProgress), signal);
      if (report.written + report.kept > 0) await job.writeDocuments(signal);
      return report;
    } finally {
      journal.close();
    }
  } finally {
    unlock();
  }
}

function checkInterrupted(signal: AbortSignal, done: string): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'interrupted',
    message: `stopped ${done}`,
    remedy: 'Run the same command again, without --overwrite, to go on.',
  });
}

/** One export under way. */
class ExportJob {
  constructor(
    readonly project: Project,
    readonly format: ExportFormat,
    readonly context: ExportContext,
    readonly asked: { masks: string; corrected: boolean },
    readonly folder: string,
    readonly journal: Journal,
  ) {}

  /** Writes the files of every image and notes it. Throws the errors that are fatal, and `interrupted`. */
  async convertAll(
    images: Iterable<ImageRecord>,
    count: number,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<ExportReport> {
    const { folder, format } = this;
    const report: ExportReport = { folder, format: format.name, images: count, written: 0, kept: 0, withoutMask: 0, failures: [], corrected: 0 }; // prettier-ignore
    let done = 0;
    const attempt = async (image: ImageRecord): Promise<void> => {
      try {
        await this.#convert(image, report);
      } catch (error) {
        const { code, message, file } = errorDetails(error);
        if (FATAL.has(code)) throw error;
        report.failures.push({ id: image.id, file: file ?? image.id, code, reason: message, action: 'not exported' });
      }
      onProgress({ stage: 'export', done: ++done, total: count, unit: 'images' });
    };
    await forEachInFlight(images, IN_FLIGHT, attempt, signal);
    checkInterrupted(signal, `after ${done} of ${count} images`);
    report.failures.sort((a, b) => (a.id! < b.id! ? -1 : 1));
    return report;
  }

  async #convert(image: ImageRecord, report: ExportReport): Promise<void> {
    const { project, format, context, journal } = this;
    const source = await maskSourceOf(project, this.asked, image);
    if (!source) {
      report.withoutMask++;
      return;
    }
    const before = journal.done(image.id);
    if (before?.source === source.version && before.files.every((path) => existsSync(this.#place(path)))) {
      report.kept++;
      return;
    }
    const mask = await readExportMask(source.path, image, context.classes.length);
    const { files, kept } = format.convert({ image, mask, corrected: source.corrected }, context);
    const paths = files.map(({ path }) => path);
    if (context.photos !== 'none') {
      const path = format.photoPath(image);
      await placePhoto(project.photoPath(image), this.#place(path), context.photos);
      paths.push(path);
    }
    for (const { path, data } of files) await writeFileAtomic(this.#place(path), data);
    journal.add({ id: image.id, split: image.split, source: source.version, kept, files: paths });
    report.written++;
    if (source.corrected) report.corrected++;
  }

  /** Writes the files about several images, anew each time. Throws `interrupted`, `not-writable`, `disk-full`. */
  async writeDocuments(signal: AbortSignal): Promise<void> {
    const { format, context, journal } = this;
    for (const { path, pieces } of format.documents(journal, context)) {
      await writeFileAtomic(this.#place(path), untilAborted(pieces, signal));
      journal.addFile(path);
    }
  }

  #place(path: string): string {
    return resolveInside(this.folder, path);
  }
}

/** The same pieces; throws `interrupted` once the signal is aborted. */
async function* untilAborted(pieces: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  for await (const piece of pieces) {
    checkInterrupted(signal, 'before the documents of the export were written');
    yield piece;
  }
}
