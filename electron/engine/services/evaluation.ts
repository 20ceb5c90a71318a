import { existsSync } from 'node:fs';
import { StudioError } from '../../../shared/errors.js';
import { againstSet, type Evaluation } from '../../../shared/evaluation.js';
import { forEachInFlight } from '../../../shared/in-flight.js';
import type { ArtifactRef, ImageFilter, ImageRecord } from '../../../shared/project.js';
import type { OnProgress } from '../../../shared/progress.js';
import { IN_FLIGHT, measureMasks, type MeasuredImage } from '../evaluate/measure.js';
import { summarise, type Swept } from '../evaluate/summary.js';
import { countScores, emptyHistogram, sweepThresholds } from '../evaluate/thresholds.js';
import { CORRECTED } from '../project/layout.js';
import { writeFileAtomic } from '../project/files.js';
import type { Project } from '../project/project.js';
import { readMask, readScores, readTruth, type EvaluationRequest } from './evaluation-files.js';
import { paced } from './paced.js';
import { roundOf } from './rounds.js';
import { requireImages, requireSet } from './sets.js';

/** Names of the labels an evaluation tells apart, background first. */
export function labelNames({ config }: Project, { kind }: EvaluationRequest): string[] {
  return ['background', ...(kind === 'saliency' ? ['object'] : config.classes)];
}

/** `masks-fused-val`: kind, set, whether with masks made by hand, split, domain and other set, so that evaluations of one set do not replace each other. */
export const defaultName = ({ kind, set, corrected, split, domain, against }: EvaluationRequest): string =>
  [
    kind,
    set,
    corrected && set !== CORRECTED ? CORRECTED : null,
    split,
    domain === 'target' ? null : domain,
    against === undefined ? null : `against-${against.replace('/', '-')}`,
  ]
    .filter((part) => part !== undefined && part !== null)
    .join('-');

function checkInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new StudioError({
    code: 'interrupted',
    message: 'stopped before the figures were complete',
    remedy: 'Run the same command again; it starts from the first image.',
  });
}

/**
 * mIoU over the background threshold. Images that cannot be read are left to the measuring that follows, which meets
 * the same error and lists it.
 */
async function sweepSet(
  project: Project,
  request: EvaluationRequest,
  images: Iterable<ImageRecord>,
  count: number,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Swept & { missingMaps: number }> {
  const histogram = emptyHistogram(labelNames(project, request).length);
  let [done, missingMaps] = [0, 0];
  const add = async (image: ImageRecord): Promise<void> => {
    const truth = await readTruth(project, request, image);
    if (!truth) return;
    const { scores, missing } = await readScores(project, request, image);
    countScores(histogram, truth, scores);
    missingMaps += missing;
  };
  await forEachInFlight(
    images,
    IN_FLIGHT,
    async (image) => {
      await add(image).catch(() => undefined);
      onProgress({ stage: 'threshold', done: ++done, total: count, unit: 'images' });
    },
    signal,
  );
  return { sweep: sweepThresholds(histogram), histogram, missingMaps };
}

/**
 * Measures a set of the project against ground truth, or against a set in its place (agreement), and saves
 * evaluations/<name>.json. Maps and saliency maps are
 * measured as masks at the background threshold with the highest mIoU, the same for all images. Throws `set-missing`,
 * `dataset-empty`, `file-missing`, `interrupted`, `not-writable`, `disk-full`.
 */
export async function evaluateSet(
  project: Project,
  request: EvaluationRequest,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Evaluation> {
  const onProgress = paced(report);
  const { kind, set, split, domain, groundTruth, convention, against } = request;
  const name = request.name ?? defaultName(request);
  const file = project.paths.evaluation(name);
  requireSet(project, kind, set);
  const reference = against === undefined ? null : againstSet(against);
  if (reference) requireSet(project, reference.kind, reference.name);
  if (groundTruth !== undefined && !existsSync(groundTruth)) {
    throw new StudioError({
      code: 'file-missing',
      message: 'there is no such folder of ground truth',
      file: groundTruth,
      remedy: 'Check the path of the ground truth (--ground-truth).',
    });
  }
  const filter: ImageFilter = { split, domain: domain ?? undefined, kept: true };
  const count = requireImages(project, filter);
  const images = (): Iterable<ImageRecord> => project.store.iterateImages(filter);

  const swept =
    kind === 'masks' || kind === 'predictions'
      ? null
      : await sweepSet(project, request, images(), count, onProgress, signal);
  checkInterrupted(signal);
  const labels = labelNames(project, request);
  const measured = await measureMasks(
    measuredImages(project, request, images(), swept?.sweep.bestLevel ?? 0),
    count,
    labels.length,
    onProgress,
    signal,
  );
  checkInterrupted(signal);

  const subject = {
    name,
    kind,
    set,
    split: split ?? null,
    against: against ?? null,
    images: count,
    missingMaps: swept?.missingMaps ?? 0,
  };
  const evaluation = summarise(subject, labels, measured, swept);
  await writeFileAtomic(file, `${JSON.stringify(evaluation)}\n`);
  const settings = {
    split: split ?? null,
    domain: domain ?? null,
    groundTruth: groundTruth ?? null,
    convention: convention ?? null,
    corrected: request.corrected ?? false,
  };
  const parents: ArtifactRef[] = [{ kind, name: set }];
  if (reference) parents.push(reference);
  project.store.recordArtifact({ kind: 'evaluation', name, parents, settings });
  project.store.rounds.note(roundOf(project, request, evaluation));
  return evaluation;
}

function* measuredImages(
  project: Project,
  request: EvaluationRequest,
  images: Iterable<ImageRecord>,
  level: number,
): Generator<MeasuredImage> {
  for (const image of images) {
    yield {
      id: image.id,
      readTruth: () => readTruth(project, request, image),
      readMask: () => readMask(project, request, image, level),
    };
  }
}
