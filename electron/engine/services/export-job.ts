import { existsSync } from 'node:fs';
import { StudioError, errorDetails } from '../../../shared/errors.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { OnProgress } from '../../../shared/progress.js';
import type { Failure } from '../../../shared/types.js';
import type { ExportContext, ExportFormat } from '../project/export/index.js';
import type { Journal } from '../project/export/journal.js';
import { inBlocks } from '../project/export/pieces.js';
import { placePhoto } from '../project/export/photo.js';
import { writeFileAtomic } from '../project/files.js';
import { resolveInside } from '../project/paths.js';
import type { Project } from '../project/project.js';
import { maskSourceOf, readExportMask } from './export-mask.js';
import type { LabelMapKind } from './sets.js';

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

function checkInterrupted(signal: AbortSignal, done: string): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'interrupted',
    message: `stopped ${done}`,
    remedy: 'Start it again to go on (comask: the same command, without --overwrite).',
  });
}

/** One export under way: images first, then the documents about them. */
export class ExportJob {
  constructor(
    readonly project: Project,
    readonly format: ExportFormat,
    readonly context: ExportContext,
    readonly asked: { masks: string; of?: LabelMapKind; corrected: boolean },
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
      onProgress({ stage: 'exporting', done: ++done, total: count, unit: 'images' });
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
      await writeFileAtomic(this.#place(path), untilAborted(inBlocks(pieces), signal));
      journal.addDocument(path);
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
