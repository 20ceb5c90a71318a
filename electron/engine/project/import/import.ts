import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MappedClass } from '../../../../shared/class-map.js';
import { StudioError } from '../../../../shared/errors.js';
import type { ImageRecord, TruthConventionName } from '../../../../shared/project.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Domain, Failure } from '../../../../shared/types.js';
import { isFailure, type DatasetEntry, type DatasetFormat, type FormatOptions } from '../formats/index.js';
import { truthConventionsByName } from '../../images/truth/index.js';
import { FailureList } from '../failure-list.js';
import { writeFileAtomic } from '../files.js';
import { isDrawnTruth } from '../layout.js';
import { idKey } from '../paths.js';
import type { Project } from '../project.js';
import { examineEntry, type Place } from './entry.js';
import { whileImporting } from './lock.js';
import { importReport } from '../../../../shared/import-report.js';

/** Images examined side by side and then stored in one transaction; an abort waits for no more than these. */
const CHUNK = 16;

export interface ImportRequest {
  /** Folder of the dataset. */
  root: string;
  format: DatasetFormat;
  domain: Domain;
  options: FormatOptions;
  /** The dataset's own classes with their names in the project, where some have others. */
  mapped?: MappedClass[];
  /** What the pixel values of its ground truth mean; VOC's way, or that of before, unless given. */
  convention?: TruthConventionName;
  /** How many images it describes; see countEntries. */
  total: number;
}

export interface ImportSummary {
  /** Images that were not in the project before. */
  added: number;
  /** Images that were there and got labels or ground truth they lacked. */
  completed: number;
  /** Images that were there and stayed as they were. */
  known: number;
  failures: Failure[];
}

/**
 * The dataset's folder as an absolute path.
 * @throws StudioError file-missing
 */
export async function datasetFolder(folder: string): Promise<string> {
  const root = resolve(folder);
  if (await stat(root).then((found) => found.isDirectory(), () => false)) return root; // prettier-ignore
  throw new StudioError({
    code: 'file-missing',
    message: `there is no folder ${root}`,
    file: root,
    remedy: 'Check the path of the dataset (--dataset).',
  });
}

/**
 * How many images the dataset describes.
 * @throws StudioError dataset-empty
 */
export async function countEntries({
  root,
  format,
  options,
}: Pick<ImportRequest, 'root' | 'format' | 'options'>): Promise<number> {
  let count = 0;
  for await (const item of format.read(root, options)) count += isFailure(item) ? 0 : 1;
  if (count > 0) return count;
  throw new StudioError({
    code: 'dataset-empty',
    message: `there are no images in ${root} (read as ${format.name})`,
    file: root,
    remedy: `Check the folder and its lists. This format takes ${format.looksFor}.`,
  });
}

/**
 * Puts a dataset into the project: images with readable photos, labels and ground truth that fits. What cannot be used
 * is kept as failures (store, import-report.csv) in the place of those of an earlier import of the same dataset. Run
 * again, it adds what is new and completes what lacked labels or ground truth.
 * @throws StudioError dataset-empty, interrupted (what is done is kept), usage (known under another domain),
 * settings-invalid (a convention of ground truth that does not fit the classes), busy (another process is importing)
 */
export function importDataset(
  project: Project,
  request: ImportRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ImportSummary> {
  return whileImporting(project.root, signal, () => importLocked(project, request, signal, onProgress));
}

async function importLocked(
  project: Project,
  request: ImportRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ImportSummary> {
  const { total } = request;
  const dataset = datasetPlace(project, request);
  const summary: ImportSummary = { added: 0, completed: 0, known: 0, failures: [] };
  const failures = new FailureList();
  const started = performance.now();
  // Keys of all entries so far: about 100 MB at a million images, the one thing here that grows with the dataset.
  const seen = new Set<string>();
  let done = 0;
  try {
    for await (const chunk of chunks(request, failures)) {
      if (signal.aborted) throw interrupted(done, total);
      const found = project.store.imagesLike(chunk.map(({ id }) => id));
      const places = chunk.map((entry) => placeOf(project, dataset, entry, found.get(idKey(entry.id)), seen));
      await importChunk(project, request, dataset, places, summary, failures);
      done += chunk.length;
      const rate = (1000 * done) / (performance.now() - started);
      onProgress({ stage: 'importing', done, total, unit: 'images', rate, secondsLeft: (total - done) / rate });
    }
  } finally {
    summary.failures = failures.all(request.root);
    project.store.replaceFailures(dataset, summary.failures);
    await writeFileAtomic(project.paths.report, importReport(project.store.failures()));
  }
  if (summary.added + summary.completed + summary.known > 0) return summary;
  throw new StudioError({
    code: 'dataset-empty',
    message: `none of the ${total} images of ${request.root} could be used: ${summary.failures[0].reason}`,
    file: request.root,
    remedy: `Every reason stands in ${project.paths.report}.`,
  });
}

function datasetPlace(project: Project, { root, format, domain, convention, mapped }: ImportRequest): number {
  // Before anything is imported: a convention of another number of classes would spoil every figure.
  if (convention) truthConventionsByName[convention].table((mapped ?? project.config.classes).length);
  const other = project.config.datasets.find((dataset) => dataset.root === root && dataset.domain !== domain);
  if (!other)
    return project.addDataset({
      root,
      format: format.name,
      domain,
      truth: convention && { convention },
      classes: mapped,
    });
  throw new StudioError({
    code: 'usage',
    message: `${root} is in the project already, as domain ${other.domain}`,
    file: root,
    remedy: `Choose the domain ${other.domain} (--domain), or make another project.`,
  });
}

const interrupted = (done: number, total: number): StudioError =>
  new StudioError({
    code: 'interrupted',
    message: `stopped after ${done} of ${total} images`,
    remedy: 'Start it again to go on.',
  });

/** Entries by the chunk; failures of the format itself go to `failures`. */
async function* chunks(
  { root, format, options }: ImportRequest,
  failures: FailureList,
): AsyncGenerator<DatasetEntry[]> {
  let chunk: DatasetEntry[] = [];
  for await (const item of format.read(root, options)) {
    if (isFailure(item)) failures.add(item);
    else chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function importChunk(
  project: Project,
  request: ImportRequest,
  dataset: number,
  places: readonly Place[],
  summary: ImportSummary,
  list: FailureList,
): Promise<void> {
  const { root, domain } = request;
  const context = { root, dataset, domain, classes: project.config.classes, truthFile: project.paths.truth };
  const results = await Promise.all(places.map((place) => examineEntry(place, context)));
  project.store.transaction(() => {
    results.forEach(({ image, failures }, i) => {
      const { known } = places[i];
      failures.forEach((failure) => list.add(failure));
      if (!image) return;
      if (!known) project.store.addImages([image]);
      else if (differs(known, image)) project.store.updateImage(image);
      summary[!known ? 'added' : differs(known, image) ? 'completed' : 'known'] += 1;
    });
  });
}

const differs = (a: ImageRecord, b: ImageRecord): boolean =>
  a.split !== b.split || a.truth !== b.truth || a.classes.join() !== b.classes.join();

/** What the project has under the entry's id: `found`. `seen` holds the keys of the entries before it. */
function placeOf(
  project: Project,
  dataset: number,
  entry: DatasetEntry,
  found: ImageRecord | undefined,
  seen: Set<string>,
): Place {
  const same = found?.dataset === dataset && found.path === entry.path ? found : null;
  const known = same && mustDraw(same, entry, project.paths.truth(same.id)) ? { ...same, truth: null } : same;
  const repeated = seen.has(idKey(entry.id));
  seen.add(idKey(entry.id));
  if (repeated) return { entry, known, takenBy: found && !known ? project.photoPath(found) : 'an earlier entry' };
  return { entry, known, takenBy: found && !known ? project.photoPath(found) : null };
}

/** Whether ground truth drawn into `file` was deleted since, or is older than what the dataset describes now. */
function mustDraw(known: ImageRecord, { truth }: DatasetEntry, file: string): boolean {
  if (!known.truth || !isDrawnTruth(known.truth)) return false;
  const drawn = statSync(file, { throwIfNoEntry: false });
  const described = truth && typeof truth !== 'string' ? statSync(truth.file, { throwIfNoEntry: false }) : undefined;
  return !drawn || (described !== undefined && described.mtimeMs > drawn.mtimeMs);
}
