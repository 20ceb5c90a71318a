import { StudioError } from '../../../../shared/errors.js';
import { startPace } from '../../../../shared/pace.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import type { Failure } from '../../../../shared/types.js';
import { backbones } from '../nets/backbones/index.js';
import type { NamedArrays } from '../weights/tensors.js';
import { classifierParameters } from '../nets/classifier.js';
import { interruptible } from '../ops/interrupt.js';
import { learningRate } from './optimiser.js';
import type { StepContext } from './batchLosses.js';
import { batchLoader } from './loader.js';
import { keptFeatures } from './lower.js';
import { pairSampler } from './pairs.js';
import { checkpointOf, positionOf, trainingState, type TrainingPosition } from './state.js';
import { seenPhoto, type SeePhoto } from './seen.js';
import { trainingStep, type StepResult } from './step.js';
import type { TrainingEvents, TrainingImage, TrainingInputs } from './types.js';
import { photoPairs } from './unreadable.js';
import { classFrequencies, labelPriorEntropy, trainingWatch } from './watch.js';

/** Images a side of a pair counts for in the basic loss's sum, to compare with the label prior. */
const sidesIn = (settings: TrainSettings): number => (settings['loss.reduction'] === 'sum' ? 2 : 1);

/** Frequencies nearer to 0 or 1 than this count as this: a logit stays finite. */
const LEAST_FREQUENCY = 1e-3;

/** The classifier's bias that guesses the class frequencies: their logits. */
function priorBias(images: readonly TrainingImage[], classCount: number): NamedArrays {
  const logits = classFrequencies(images, classCount).map((frequency) => {
    const p = Math.min(1 - LEAST_FREQUENCY, Math.max(LEAST_FREQUENCY, frequency));
    return Math.log(p / (1 - p));
  });
  return new Map([['classifier.bias', { shape: [classCount], data: Float32Array.from(logits) }]]);
}

/** Lets messages (an abort, a request) in between two steps: a step itself holds the thread. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function check(inputs: TrainingInputs, settings: TrainSettings): void {
  if (!inputs.images.some(({ classes }) => classes.length > 0)) {
    throw new StudioError({
      code: 'label-missing',
      message: 'no image has a label, so there is nothing to learn from',
      remedy: 'Import the dataset with its labels (--labels FILE), or choose another split.',
    });
  }
  if (!inputs.resume && !inputs.backboneWeights && !backbones[settings.backbone].fromNothing) {
    throw new StudioError({
      code: 'usage',
      message: `the backbone "${settings.backbone}" starts from trained weights`,
      remedy: 'Name a weights file (--weights), or choose the backbone tiny (--backbone tiny).',
    });
  }
}

/** The settings leave an epoch without a pair. */
function nothingFirst(labelled: readonly TrainingImage[]): StudioError {
  const there = [...new Set(labelled.map(({ domain }) => domain))];
  return new StudioError({
    code: 'settings-invalid',
    message: `no image is ever the first of a pair: ${there.map((domain) => `pairs.first.${domain}`).join(' and ')} is too small`,
    remedy: 'Raise it, or train on images of another domain as well.',
  });
}

/**
 * Trains the co-attention classifier on pairs of images (docs/method.md).
 *
 * The photos of the next batch are read while a step is computed. A photo that can no longer be read is left out and
 * listed; where too many cannot, the training keeps its position and stops. After each epoch, and when `signal` aborts, a
 * checkpoint is handed out from which the training goes on as if it had never stopped.
 *
 * @throws StudioError `interrupted` after an abort, `training-diverged` or `training-stuck` from the watch,
 *   `label-missing`, `settings-invalid`, `weights-mismatch`, `file-missing` and the like where too many photos cannot be read
 */
export async function train(
  inputs: TrainingInputs,
  settings: TrainSettings,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<{ epochs: number; finalLoss: Record<string, number>; failures: readonly Failure[] }> {
  check(inputs, settings);
  const { tf, images, classCount } = inputs;
  const specs = classifierParameters(settings, classCount);
  const labelled = images.filter(({ classes }) => classes.length > 0);
  const sampler = pairSampler(images, settings);
  if (sampler.count === 0) throw nothingFirst(labelled);
  const state = trainingState(tf, specs, {
    resume: inputs.resume,
    backbone: inputs.backboneWeights,
    others: settings['init.priorBias'] ? priorBias(labelled, classCount) : new Map(),
    seed: settings.seed,
  });
  const net = { tf, backbone: backbones[settings.backbone], specs, state, settings, classCount };
  const kept = keptFeatures(net, labelled.length);
  const context: StepContext = { ...net, kept };
  const stepsPerEpoch = Math.ceil(sampler.count / settings.batchSize);
  const photos = photoPairs(labelled.length);
  const watch = trainingWatch(labelPriorEntropy(labelled, classCount));
  let position: TrainingPosition = inputs.resume
    ? positionOf(inputs.resume)
    : { epoch: 0, stepInEpoch: 0, epochBasicSum: 0 };
  const pace = startPace(position.epoch * sampler.count + position.stepInEpoch * settings.batchSize);
  let last: StepResult | undefined;

  const seeHere: SeePhoto = async (id, purpose, withViews) =>
    seenPhoto(await inputs.readPhoto(id), settings, purpose, withViews);
  const prepare = batchLoader({ images, sampler, photos, see: inputs.see ?? seeHere, kept }, settings);
  /** The step after the one in hand, or null at the end. */
  const following = ({ epoch, stepInEpoch }: TrainingPosition): [number, number] | null => {
    if (stepInEpoch + 1 < stepsPerEpoch) return [epoch, stepInEpoch + 1];
    return epoch + 1 < settings.epochs ? [epoch + 1, 0] : null;
  };

  const keepPosition = (): void => events.onCheckpoint(checkpointOf(state, position), 'interrupt', position.epoch);
  const interrupted = (): StudioError => {
    keepPosition();
    return new StudioError({
      code: 'interrupted',
      message: 'the training was stopped',
      remedy: 'Resume it to go on (--resume).',
    });
  };
  /** The outcome of a step; one that is stopped in its middle has changed nothing and is done again by who resumes. */
  const stepOrStop = (step: () => StepResult): StepResult => {
    try {
      return interruptible(signal, step);
    } catch (error) {
      throw signal.aborted ? interrupted() : error;
    }
  };
  const checkPhotos = (): void => {
    try {
      photos.check();
    } catch (error) {
      keepPosition();
      throw error;
    }
  };

  try {
    let next = position.epoch < settings.epochs ? prepare(position.epoch, position.stepInEpoch) : null;
    while (next) {
      const batch = await next;
      if (signal.aborted) throw interrupted();
      checkPhotos();
      const after = following(position);
      next = after && prepare(...after);
      next?.catch(() => undefined);
      // The reads of the next batch start before this step takes the thread.
      await breathe();

      const { epoch, stepInEpoch } = position;
      const step = epoch * stepsPerEpoch + stepInEpoch;
      const rate = learningRate(settings, step, stepsPerEpoch);
      let { epochBasicSum } = position;
      // Without a readable pair there is nothing to learn from in this step.
      if (batch.first.length > 0) {
        last = stepOrStop(() => trainingStep(context, batch, epoch, rate));
        events.onLog({ epoch: epoch + 1, step: step + 1, rate, ...last.losses, gradientNorm: last.gradientNorm });
        if (settings['watch.enabled']) watch.step(last.losses, last.meanFeature);
        epochBasicSum += (last.losses.basic ?? 0) / sidesIn(settings);
      }

      position = { epoch, stepInEpoch: stepInEpoch + 1, epochBasicSum };
      const done = Math.min((stepInEpoch + 1) * settings.batchSize, sampler.count);
      const { rate: imagesPerSecond, secondsLeft } = pace.tick(
        epoch * sampler.count + done,
        settings.epochs * sampler.count,
      );
      events.onProgress({
        stage: 'epoch',
        part: epoch + 1,
        parts: settings.epochs,
        done,
        total: sampler.count,
        unit: 'images',
        rate: imagesPerSecond,
        secondsLeft,
        values: last && { loss: last.losses.total, ...withoutTotal(last.losses) },
      });
      if (position.stepInEpoch === stepsPerEpoch) {
        const mean = position.epochBasicSum / stepsPerEpoch;
        position = { epoch: epoch + 1, stepInEpoch: 0, epochBasicSum: 0 };
        const checkpoint = checkpointOf(state, position);
        events.onCheckpoint(checkpoint, 'epoch', epoch + 1);
        await events.onEpoch?.(checkpoint, epoch + 1);
        if (settings['watch.enabled']) watch.epoch(settings['loss.basic'] > 0 ? mean : undefined);
      }
    }
    return { epochs: position.epoch, finalLoss: last?.losses ?? {}, failures: photos.failures };
  } finally {
    state.dispose();
    kept?.dispose();
  }
}

const withoutTotal = ({ total: _total, ...parts }: Record<string, number>): Record<string, number> => parts;
