import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StudioError } from '../../../shared/errors.js';
import type { ImageFilter } from '../../../shared/project.js';
import type { ExportSettings } from '../../../shared/settings/index.js';
import type { OnProgress } from '../../../shared/progress.js';
import { takeLock } from '../jobs/run/lock.js';
import { checkTarget, lockOf, openExport } from '../project/export/folder.js';
import { exportFormats, type ExportContext, type ExportFormat, type PhotoMode } from '../project/export/index.js';
import { writeError } from '../project/files.js';
import type { Project } from '../project/project.js';
import { ExportJob, type ExportReport } from './export-job.js';
import { paced } from './paced.js';
import { paletteOf, requireImages, requireSet, type LabelMapKind } from './sets.js';

export interface ExportRequest {
  /** Name of the mask set; `corrected` for the masks made by hand alone. */
  masks: string;
  /** What that names; masks unless given. Of predictions none is made by hand. */
  of?: LabelMapKind;
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
  requireSet(project, asked.of ?? 'masks', asked.masks);
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
