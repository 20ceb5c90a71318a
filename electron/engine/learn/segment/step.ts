import type { SegmentSettings } from '../../../../shared/settings/index.js';
import { photoBatch } from '../batch.js';
import type { Tf } from '../runtime/tensorflow.js';
import { random } from '../random.js';
import { gradientsOfLoss, gradientsOfParts, updateWeights } from '../train/gradients.js';
import type { TrainingState } from '../train/state.js';
import { dropout } from './dropout.js';
import { segmentationLoss } from './loss.js';
import type { Sample } from './samples.js';
import type { Segmenter } from './segmenter.js';

/** What stays the same from step to step. */
export interface SegmentContext {
  tf: Tf;
  segmenter: Segmenter;
  state: TrainingState;
  settings: SegmentSettings;
}

export interface SegmentStepResult {
  loss: number;
  gradientNorm: number;
}

/** Consecutive samples with their places in the batch, at most `size` in each part; 0: all of them in one. */
function partsOf(batch: readonly Sample[], size: number): { from: number; samples: readonly Sample[] }[] {
  const each = size === 0 ? batch.length : size;
  return Array.from({ length: Math.ceil(batch.length / each) }, (_, part) => {
    const from = part * each;
    return { from, samples: batch.slice(from, from + each) };
  });
}

/**
 * The learning rate of the backbone's weights at a step, counted from 0: rate · (1 - step / iterations) ^ power.
 */
export function polyRate(
  settings: Pick<SegmentSettings, 'iterations' | 'optimiser.rate' | 'optimiser.polyPower'>,
  step: number,
): number {
  return settings['optimiser.rate'] * (1 - step / settings.iterations) ** settings['optimiser.polyPower'];
}

/**
 * One training step: loss, gradients, clipping, update of the weights in place.
 *
 * @param batch samples of one size, at least one
 * @param step counted from 0
 */
export function segmentStep(context: SegmentContext, batch: readonly Sample[], step: number): SegmentStepResult {
  const { tf, segmenter, state, settings } = context;
  const { width, height } = batch[0].photo;
  const { gradients, figures } = gradientsOfParts(tf, partsOf(batch, settings.microBatch), ({ from, samples }) =>
    gradientsOfLoss(tf, state, samples.length / batch.length, () => {
      const photos = photoBatch(tf, samples.map(({ photo }) => photo), segmenter.backbone.colours); // prettier-ignore
      const between = dropout(tf, settings['head.dropout'], (layer, image) =>
        random(settings.seed, 'dropout', step, from + image, layer),
      );
      const scores = segmenter.scores(tf, state.weights, photos, between);
      const targets = samples.map(({ labels, weight }) => ({ labels: labels.data, weight }));
      const loss = segmentationLoss(tf, scores, targets, [height, width]);
      return { total: loss, figures: { loss } };
    }),
  );
  const rate = polyRate(settings, step);
  return { loss: figures.loss, gradientNorm: updateWeights(tf, segmenter.specs, state, gradients, settings, rate) };
}
