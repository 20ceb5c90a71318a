import { StudioError } from '../../../../shared/errors.js';
import type { TrainingImage } from './types.js';

/** Steps in a row with features that are all zero before the watch stops the training. */
const DEAD_STEPS = 5;

/** Epochs, and steps, without progress before the watch stops: a small dataset has few steps an epoch. */
const PATIENCE_EPOCHS = 3;
const PATIENCE_STEPS = 200;

/** Basic loss, as a share of the label prior's entropy, above which nothing has been learnt. */
const STUCK_SHARE = 0.97;

/** Share of the images that carry each class. */
export function classFrequencies(images: readonly Pick<TrainingImage, 'classes'>[], classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const { classes } of images) for (const classIndex of classes) counts[classIndex]++;
  return counts.map((count) => count / images.length);
}

/**
 * Loss of the best constant guess: the entropy of each class's frequency, averaged over the classes, in nats. A
 * classifier that has learnt nothing about the photos ends there.
 */
export function labelPriorEntropy(images: readonly Pick<TrainingImage, 'classes'>[], classCount: number): number {
  const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p));
  return classFrequencies(images, classCount).reduce((sum, p) => sum + entropy(p), 0) / classCount;
}

export interface Watch {
  /** @param meanFeature mean of all features of the batch; 0 when no unit fires */
  step(losses: Readonly<Record<string, number>>, meanFeature: number): void;
  /** @param basicLoss mean of the basic loss of one image over the epoch, or undefined where it is switched off */
  epoch(basicLoss: number | undefined): void;
}

const remedies = {
  diverged:
    'Lower optimiser.rate or optimiser.newLayerFactor, and set optimiser.clipNorm=5 and optimiser.warmupEpochs=1 (the published settings have neither).',
  dead: 'Every feature has become zero: the steps were too large. Lower optimiser.rate, set optimiser.clipNorm=5, optimiser.warmupEpochs=1 and init.classifierStd=0.01.',
  stuck:
    'The classifier guesses the class frequencies only. Start from trained weights, raise optimiser.rate a little or train longer; with the reference preset set optimiser.warmupEpochs=1, optimiser.clipNorm=5 and init.classifierStd=0.01. watch.enabled=off goes on regardless.',
} as const;

/**
 * Watches a training for the ways in which it dies without saying so, and stops it with `training-diverged` or
 * `training-stuck`, the reason and the remedy.
 */
export function trainingWatch(priorEntropy: number): Watch {
  let deadSteps = 0;
  let stuckEpochs = 0;
  let steps = 0;
  return {
    step(losses, meanFeature) {
      steps++;
      const bad = Object.entries(losses).find(([, value]) => !Number.isFinite(value));
      if (bad || !Number.isFinite(meanFeature)) {
        const what = bad ? `the loss "${bad[0]}" is ${bad[1]}` : 'the features are not finite';
        throw new StudioError({
          code: 'training-diverged',
          message: `training stopped: ${what}`,
          remedy: remedies.diverged,
        });
      }
      deadSteps = meanFeature === 0 ? deadSteps + 1 : 0;
      if (deadSteps >= DEAD_STEPS) {
        throw new StudioError({
          code: 'training-diverged',
          message: `training stopped: all features have been zero for ${DEAD_STEPS} steps`,
          remedy: remedies.dead,
        });
      }
    },
    epoch(basicLoss) {
      if (basicLoss === undefined) return;
      stuckEpochs = basicLoss > STUCK_SHARE * priorEntropy ? stuckEpochs + 1 : 0;
      if (stuckEpochs >= PATIENCE_EPOCHS && steps >= PATIENCE_STEPS) {
        throw new StudioError({
          code: 'training-stuck',
          message: `training stopped: for ${stuckEpochs} epochs the loss (${basicLoss.toFixed(3)}) has been that of guessing by class frequency (${priorEntropy.toFixed(3)})`,
          remedy: remedies.stuck,
        });
      }
    },
  };
}
