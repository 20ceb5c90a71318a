import type { Scalar } from '@tensorflow/tfjs';
import { batchLosses, unsharedSides, type StepContext } from './batchLosses.js';
import { netInputs } from './lower.js';
import { gradientsOfLoss, gradientsOfParts, updateWeights } from './gradients.js';
import { microBatches, type PreparedBatch } from './prepared.js';

export interface StepResult {
  losses: Record<string, number>;
  meanFeature: number;
  gradientNorm: number;
}

/**
 * One training step: losses, gradients, clipping, update of the weights in place. With `microBatch`, so many pairs at a
 * time are computed.
 *
 * @param rate learning rate of the backbone's weights
 */
export function trainingStep(context: StepContext, batch: PreparedBatch, epoch: number, rate: number): StepResult {
  const { tf, specs, state, settings } = context;
  const unshared = unsharedSides(batch);
  const { gradients, figures } = gradientsOfParts(tf, microBatches(batch, settings.microBatch), (part) => {
    const inputs = netInputs(context, part);
    try {
      return gradientsOfLoss(tf, state, part.first.length / batch.first.length, () => {
        const { total, parts, meanFeature } = batchLosses(context, part, inputs, epoch, unshared);
        return { total: total as Scalar, figures: { total, ...parts, meanFeature } };
      });
    } finally {
      tf.dispose([inputs.both, ...inputs.views]);
    }
  });
  const gradientNorm = updateWeights(tf, specs, state, gradients, settings, rate);
  const { meanFeature, ...losses } = figures;
  return { losses, meanFeature, gradientNorm };
}
