import { errorDetails, StudioError } from '../../../../shared/errors.js';
import { startPace } from '../../../../shared/pace.js';
import type { SegmentSettings } from '../../../../shared/settings/index.js';
import type { OnProgress } from '../../../../shared/progress.js';
import type { Failure } from '../../../../shared/types.js';
import { interruptible } from '../ops/interrupt.js';
import { toArrays } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { checkpointOf, trainingState } from '../train/state.js';
import type { Checkpoint } from '../train/types.js';
import type { NamedArrays } from '../weights/tensors.js';
import { batches, type SampleSource } from './batches.js';
import { segmentPositionOf, startPosition, type SegmentPosition } from './position.js';
import { segmentStep, polyRate, type SegmentContext, type SegmentStepResult } from './step.js';
import { segmenterOf } from './segmenter.js';
import { validate, type Validation } from './validate.js';

export interface SegmentTrainingInputs {
  tf: Tf;
  classCount: number;
  source: SampleSource;
  /** Null where there is nothing to measure against. */
  validation: Validation | null;
  /** Weights of the backbone by name; null where it starts from nothing. */
  backboneWeights: NamedArrays | null;
  /** Checkpoint to go on from. */
  resume: Checkpoint | null;
}

export interface SegmentTrainingEvents {
  onProgress: OnProgress;
  /** One line of the training's log: a step, or a measuring. */
  onLog(entry: Record<string, unknown>): void;
  onCheckpoint(checkpoint: Checkpoint, iteration: number): void;
  /** Weights that were measured as better than all before. */
  onBest(weights: NamedArrays, best: NonNullable<SegmentPosition['best']>): void;
}

export interface SegmentTrainingResult {
  iterations: number;
  /** Of the last step taken now; undefined where none was. */
  loss: number | undefined;
  best: SegmentPosition['best'];
  failures: readonly Failure[];
}

/** Lets messages (an abort, a request) in between two steps: a step itself holds the thread. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const interruption = (): StudioError =>
  new StudioError({
    code: 'interrupted',
    message: 'the training was stopped',
    remedy: 'Resume the training (--resume).',
  });

function checkStart(
  { resume, backboneWeights }: SegmentTrainingInputs,
  { segmenter: name }: SegmentSettings,
  fromNothing: boolean,
): void {
  if (resume || backboneWeights || fromNothing) return;
  throw new StudioError({
    code: 'usage',
    message: `the segmenter "${name}" starts from a backbone's trained weights`,
    remedy: 'Name a file of weights (--weights), or choose the segmenter tiny-largefov (--segmenter).',
  });
}

function checkFinite({ loss, gradientNorm }: SegmentStepResult): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw new StudioError({
    code: 'training-diverged',
    message: `training stopped: the loss is ${loss}, the norm of its gradients ${gradientNorm}`,
    remedy: 'Lower optimiser.rate or optimiser.newLayerFactor, or set optimiser.clipNorm=5, and train anew.',
  });
}

/**
 * Trains a segmenter on label maps (docs/method.md, "Segmentation").
 *
 * The next batch is read and cut while a step is computed. What cannot be read is left out and listed; where too much
 * cannot, the training keeps its position and stops. Weights are measured every `validation.every` steps, and after the
 * last. A checkpoint is handed out every `checkpoint.every` steps, after the last and when `signal` aborts; the training
 * goes on from it as if it had never stopped.
 *
 * @throws StudioError `interrupted` after an abort, `training-diverged`, `label-missing` where no mask has a pixel to learn,
 *   `usage` without the weights that it needs, `weights-mismatch`, `file-missing` and the like where too much cannot be read
 */
export async function trainSegmenter(
  inputs: SegmentTrainingInputs,
  settings: SegmentSettings,
  events: SegmentTrainingEvents,
  signal: AbortSignal,
): Promise<SegmentTrainingResult> {
  const { tf, validation } = inputs;
  const segmenter = segmenterOf(settings, inputs.classCount);
  checkStart(inputs, settings, segmenter.backbone.fromNothing);
  let position: SegmentPosition = inputs.resume ? segmentPositionOf(inputs.resume) : startPosition;
  const reader = batches(inputs.source, settings, segmenter.backbone.colours);
  const state = trainingState(tf, segmenter.specs, {
    resume: inputs.resume,
    backbone: inputs.backboneWeights,
    others: new Map(),
    seed: settings.seed,
  });
  const context: SegmentContext = { tf, segmenter, state, settings };
  const pace = startPace(position.iteration);
  const last = settings.iterations;
  /** What the last checkpoint holds. */
  let saved = inputs.resume ? position : null;
  let step: SegmentStepResult | undefined;

  const save = (): void => {
    if (saved === position) return;
    saved = position;
    events.onCheckpoint(checkpointOf(state, position), position.iteration);
  };
  /** What `work` gives; one that is stopped in its middle has changed nothing and is done again by who resumes. */
  const orStop = <T>(work: () => T): T => {
    try {
      return interruptible(signal, work);
    } catch (error) {
      if (!signal.aborted) throw error;
      save();
      throw interruption();
    }
  };
  const stopIfAborted = (): void => {
    if (!signal.aborted) return;
    save();
    throw interruption();
  };
  const due = (every: number): boolean =>
    every > 0 && position.iteration > 0 && (position.iteration % every === 0 || position.iteration === last);

  const measure = async (): Promise<void> => {
    const { mIoU, images } = await validate(context, validation!, orStop, stopIfAborted, (done, total) =>
      events.onProgress({ stage: 'validating', part: position.iteration, done, total, unit: 'images' }),
    );
    const { iteration } = position;
    events.onLog({ iteration, mIoU, images });
    const better = mIoU !== null && mIoU > (position.best?.mIoU ?? -1);
    position = { ...position, measured: iteration, best: better ? { iteration, mIoU } : position.best };
    if (better) events.onBest(toArrays(state.weights), position.best!);
  };

  const take = (batch: Awaited<ReturnType<typeof reader.read>>): void => {
    const { iteration } = position;
    // Without anything to learn from, the weights stay.
    if (batch.length > 0) {
      step = orStop(() => segmentStep(context, batch, iteration));
      checkFinite(step);
      events.onLog({ iteration: iteration + 1, rate: polyRate(settings, iteration), ...step });
    }
    position = { ...position, iteration: iteration + 1 };
    const timed = pace.tick(iteration + 1, last);
    const best = position.best && { mIoU: position.best.mIoU };
    const values = step && { loss: step.loss, ...best };
    events.onProgress({ stage: 'training', done: iteration + 1, total: last, unit: 'steps', ...timed, values });
  };

  try {
    let next = position.iteration < last ? reader.read(position.iteration) : null;
    next?.catch(() => undefined);
    for (;;) {
      if (validation && due(settings['validation.every']) && position.measured < position.iteration) await measure();
      if (due(settings['checkpoint.every'])) save();
      if (!next) break;
      const batch = await next;
      stopIfAborted();
      keeping(() => reader.check(), save);
      next = position.iteration + 1 < last ? reader.read(position.iteration + 1) : null;
      next?.catch(() => undefined);
      // The reads of the next batch start before this step takes the thread.
      await breathe();
      take(batch);
    }
    return { iterations: position.iteration, loss: step?.loss, best: position.best, failures: reader.failures };
  } finally {
    state.dispose();
  }
}

/** Runs `work`; where it throws, `keep` is called first. */
function keeping(work: () => void, keep: () => void): void {
  try {
    work();
  } catch (error) {
    if (errorDetails(error).code !== 'label-missing') keep();
    throw error;
  }
}
