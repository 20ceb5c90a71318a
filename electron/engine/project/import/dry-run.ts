import { resolve } from 'node:path';
import type { Failure } from '../../../../shared/types.js';
import { namedClasses } from '../formats/class-names.js';
import { chooseFormat, isFailure, type DatasetEntry, type FormatOptions } from '../formats/index.js';
import { FailureList } from '../failure-list.js';
import { examineId, examineLabels, examinePhoto, examineTruth } from './examine.js';
import { datasetFolder } from './import.js';
import type { NewProjectRequest } from './new-project.js';
import { resolveLabels } from './resolve-labels.js';

/** What an import would find. */
export interface DryRun {
  format: string;
  /** Images that the dataset describes, as far as they were counted. */
  images: number;
  /** Whether all of them were counted. */
  complete: boolean;
  classes: { name: string; images: number }[];
  /** Under `''`: images of no split. */
  splits: Record<string, number>;
  withTruth: number;
  unlabelled: number;
  /** Images whose files were looked at: the first ones. */
  examined: number;
  failures: Failure[];
  failureCount: number;
}

/** Images whose files are looked at, and milliseconds after which no more are counted: a person waits. */
const EXAMINED = 200;
const PATIENCE = 10_000;
/** Failures that are shown. */
const SHOWN = 200;

type Request = Pick<NewProjectRequest, 'dataset' | 'format' | 'labels' | 'classes' | 'difficult'>;

/**
 * Goes over a dataset as an import would and writes nothing: counts, and what is wrong with the lists and with the first
 * files. Throws what choosing a format throws, `file-missing`, and what classes cannot be read for.
 */
export async function dryRun(request: Request, signal: AbortSignal, patience = PATIENCE): Promise<DryRun> {
  const root = await datasetFolder(request.dataset);
  const options: FormatOptions = {
    labels: request.labels && resolve(request.labels),
    classes: request.classes ? await namedClasses(request.classes) : undefined,
    difficult: request.difficult,
  };
  const format = await chooseFormat(request.format, root, options);
  const names = options.classes ?? (await format.classes(root, options));
  const failures = new FailureList();
  const perClass = new Array<number>(names.length).fill(0);
  const found: DryRun = { format: format.name, images: 0, complete: true, classes: [], splits: {}, withTruth: 0, unlabelled: 0, examined: 0, failures: [], failureCount: 0 }; // prettier-ignore
  const until = performance.now() + patience;
  for await (const item of format.read(root, options)) {
    if (signal.aborted || performance.now() > until) {
      found.complete = false;
      break;
    }
    if (isFailure(item)) failures.add(item);
    else {
      count(item);
      if (found.examined < EXAMINED) await examine(item);
    }
  }
  const all = failures.all(root);
  return {
    ...found,
    classes: names.map((name, index) => ({ name, images: perClass[index] })),
    failures: all.slice(0, SHOWN),
    failureCount: all.length,
  };

  function count({ split, labels, truth }: DatasetEntry): void {
    found.images += 1;
    found.splits[split ?? ''] = (found.splits[split ?? ''] ?? 0) + 1;
    if (truth !== null) found.withTruth += 1;
    const resolved = resolveLabels(labels ?? [], names);
    if (resolved.ok) for (const index of resolved.indices) perClass[index] += 1;
    if (!labels?.length) found.unlabelled += 1;
  }

  async function examine(entry: DatasetEntry): Promise<void> {
    found.examined += 1;
    const wrong = [examineId(entry, root).failure, examineLabels(entry, root, names).failure];
    const photo = await examinePhoto(entry, root);
    wrong.push(photo.failure);
    // Ground truth that would be drawn is drawn by the import alone.
    const picture = typeof entry.truth === 'string' ? entry.truth : null;
    if (photo.value) wrong.push((await examineTruth(entry, picture, root, photo.value)).failure);
    for (const failure of wrong) if (failure) failures.add(failure);
  }
}
