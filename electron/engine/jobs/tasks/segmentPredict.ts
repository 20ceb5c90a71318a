import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { forEachInFlight } from '../../../../shared/in-flight.js';
import type { ImageFilter, ImageRecord } from '../../../../shared/project.js';
import type { PredictSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Domain, Failure, LabelMap } from '../../../../shared/types.js';
import { encodeLabelMap, resizeBilinear, resizeNearest } from '../../images/index.js';
import { constantParameters } from '../../learn/nets/parameters.js';
import { interruptible } from '../../learn/ops/interrupt.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { probabilitiesOf, type Probabilities } from '../../learn/segment/predict.js';
import { segmenterOf } from '../../learn/segment/segmenter.js';
import { columnsOf, likeliest, likelyLabels } from '../../masks/decide.js';
import type { RefineInputs } from '../../masks/refine/refiner.js';
import { maskRefiner } from '../../masks/refine/registry.js';
import { writeFileAtomic } from '../../project/files.js';
import { openProject, type Project } from '../../project/project.js';
import { failureOf } from '../../services/learnt-masks.js';
import { paced } from '../../services/paced.js';
import { refinePool } from '../../services/refine-pool.js';
import { maskPath, paletteOf, requireImages, setFolder, type LabelMapKind } from '../../services/sets.js';
import type { Task } from '../task.js';
import { recordSet } from './madeSet.js';
import { photoReader } from './photos.js';
import { readTrainedSegmenter, type WhichWeights } from './trainedSegmenter.js';

export interface SegmentPredictInputs {
  /** Project folder. */
  project: string;
  run: string;
  /** Left out: the best where some were measured, else the latest. */
  weights?: WhichWeights;
  /** What is made: predictions, or a mask set to train on. */
  to: { kind: LabelMapKind; name: string };
  split: string | null;
  /** Only images of this domain; null for all. */
  domain: Domain | null;
  /** Make those anew that are there already. */
  overwrite: boolean;
  device?: Device;
}

export interface SegmentPredictResult {
  to: SegmentPredictInputs['to'];
  folder: string;
  /** Steps that the weights were trained for. */
  iteration: number;
  /** Images whose label maps were made now, and those that had theirs. */
  images: number;
  kept: number;
  failures: Failure[];
}

/** Errors that the next image would meet as well: the batch stops instead of listing each. */
const FATAL = new Set(['disk-full', 'not-writable', 'interrupted', 'internal']);

/** Turns the probabilities of an image into its label map. */
type Decide = (image: ImageRecord, photo: RefineInputs['photo'], probabilities: Probabilities) => Promise<LabelMap>;

function decider(
  labels: number,
  settings: PredictSettings,
  refine: ((inputs: RefineInputs) => Promise<LabelMap>) | null,
): Decide {
  const every = Array.from({ length: labels }, (_, label) => label);
  return async ({ classes, width, height }, photo, { data, ...size }) => {
    const allowed = settings.onlyLabelled ? [0, ...classes.map((index) => index + 1)] : every;
    const kept = refine ? likelyLabels(data, labels, allowed, settings['crf.clip']) : allowed;
    const probabilities = columnsOf(data, labels, kept);
    const map = likeliest(probabilities, size);
    const seen = resizeBilinear(photo, size.width, size.height);
    const refined = refine ? await refine({ labels: map, probabilities, photo: seen }) : map;
    return resizeNearest(refined, width, height);
  };
}

async function predictInto(
  project: Project,
  inputs: SegmentPredictInputs,
  settings: PredictSettings,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<SegmentPredictResult> {
  const { to, overwrite } = inputs;
  const { record, weights, file, iteration } = readTrainedSegmenter(project, inputs.run, inputs.weights);
  const filter: ImageFilter = { split: inputs.split ?? undefined, domain: inputs.domain ?? undefined };
  const count = requireImages(project, filter);
  const digest = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  // Throws for masks/corrected, which nothing automatic writes to.
  const folder = to.kind === 'masks' ? project.paths.masks(to.name) : setFolder(project, to.kind, to.name);
  const made = { ...settings, run: inputs.run, iteration, weights: digest };
  recordSet(project, to, [{ kind: 'run', name: inputs.run }], made, { anew: overwrite, folder });

  const tf = await loadTensorflow({ device: inputs.device });
  const segmenter = segmenterOf(record.settings, project.config.classes.length);
  const parameters = constantParameters(tf, weights);
  const view = { ...settings, longestSide: settings.longestSide || record.settings.longestSide };
  const readPhoto = photoReader(project);
  const refiner = maskRefiner(settings.refine);
  const pool = refinePool(settings);
  const refine = pool
    ? (given: RefineInputs) => pool.refine(given)
    : refiner && (async (given: RefineInputs) => refiner.refine(given, settings));
  const decide = decider(segmenter.labels, settings, refine);
  const result: SegmentPredictResult = { to, folder, iteration, images: 0, kept: 0, failures: [] };
  const progress = paced(onProgress);
  let done = 0;

  const make = async (image: ImageRecord): Promise<void> => {
    const path = maskPath(project, to.name, image.id, to.kind);
    if (!overwrite && existsSync(path)) {
      result.kept++;
      return;
    }
    const photo = await readPhoto(image.id);
    const probabilities = interruptible(signal, () => probabilitiesOf(tf, segmenter, parameters, photo, view));
    const map = await decide(image, photo, probabilities);
    await writeFileAtomic(path, encodeLabelMap(map, paletteOf(project)));
    result.images++;
  };
  const attempt = async (image: ImageRecord): Promise<void> => {
    try {
      await make(image);
    } catch (error) {
      if (FATAL.has(errorDetails(error).code)) throw error;
      result.failures.push(failureOf(image.id, error, 'no label map made'));
    }
    progress({ stage: 'segmenting', done: ++done, total: count, unit: 'images' });
  };
  try {
    // One image is computed while others are read, or refined in threads of their own.
    await forEachInFlight(project.store.iterateImages(filter), (pool?.threads ?? 0) + 1, attempt, signal);
  } finally {
    tf.dispose(parameters);
    await pool?.close();
  }
  if (signal.aborted)
    throw new StudioError({ code: 'interrupted', message: `stopped after ${done} of ${count} images` });
  result.failures.sort((a, b) => (a.id! < b.id! ? -1 : 1));
  return result;
}

/** An interrupted prediction says how to go on with it. */
function withWayOn(error: unknown): unknown {
  if (!(error instanceof StudioError) || error.code !== 'interrupted') return error;
  return new StudioError(
    { ...error.details, remedy: 'Start it again to go on (comask: the same command).' },
    { cause: error },
  );
}

/**
 * Label maps of a project's images by a trained segmenter, into predictions/<name>/ or masks/<name>/; images that have theirs
 * are left.
 */
export const segmentPredictTask: Task<SegmentPredictInputs, PredictSettings, SegmentPredictResult> = {
  async run(inputs, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      return await predictInto(project, inputs, settings, signal, onProgress);
    } catch (error) {
      throw withWayOn(error);
    } finally {
      project.close();
    }
  },
};
