import type { Tensor, Variable } from '@tensorflow/tfjs';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import type { ParameterSpec } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';

export interface SgdSettings {
  momentum: number;
  nesterov: boolean;
  weightDecay: number;
}

/**
 * One step of stochastic gradient descent on one weight, as PyTorch's `torch.optim.SGD` does it:
 * g = gradient + decay w; v = momentum v + g; w = w - rate (g + momentum v) under Nesterov, else w - rate v.
 * Both variables are changed in place; `velocity` starts at zero.
 */
export function sgdStep(
  tf: Tf,
  weight: Variable,
  velocity: Variable,
  gradient: Tensor,
  rate: number,
  { momentum, nesterov, weightDecay }: SgdSettings,
): void {
  tf.tidy(() => {
    const g = weightDecay > 0 ? tf.add(gradient, tf.mul(weight, weightDecay)) : gradient;
    const v = tf.add(tf.mul(velocity, momentum), g);
    const direction = nesterov ? tf.add(g, tf.mul(v, momentum)) : v;
    weight.assign(tf.sub(weight, tf.mul(direction, rate)));
    velocity.assign(v);
    return undefined as unknown as Tensor;
  });
}

/** Norm of all gradients together. */
export function globalNorm(tf: Tf, gradients: readonly Tensor[]): number {
  const squared = tf.tidy(() => tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
  const norm = Math.sqrt(squared.dataSync()[0]);
  squared.dispose();
  return norm;
}

export type ScheduleSettings = Pick<
  TrainSettings,
  | 'epochs'
  | 'optimiser.rate'
  | 'optimiser.schedule'
  | 'optimiser.stepEpochs'
  | 'optimiser.stepFactor'
  | 'optimiser.polyPower'
  | 'optimiser.warmupEpochs'
>;

/**
 * Learning rate of the backbone's weights at a step.
 *
 * @param step counted from 0 over the whole training
 */
export function learningRate(settings: ScheduleSettings, step: number, stepsPerEpoch: number): number {
  const epoch = step / stepsPerEpoch;
  const warmup = settings['optimiser.warmupEpochs'];
  const rise = warmup > 0 ? Math.min(1, (step + 1) / (warmup * stepsPerEpoch)) : 1;
  return settings['optimiser.rate'] * rise * fall(settings, epoch);
}

function fall(settings: ScheduleSettings, epoch: number): number {
  switch (settings['optimiser.schedule']) {
    case 'constant':
      return 1;
    case 'poly':
      return (1 - epoch / settings.epochs) ** settings['optimiser.polyPower'];
    case 'step': {
      const passed = settings['optimiser.stepEpochs'].filter((at) => Math.floor(epoch) >= at).length;
      return settings['optimiser.stepFactor'] ** passed;
    }
  }
}

export type RateSettings = Pick<TrainSettings, 'optimiser.biasFactor' | 'optimiser.newLayerFactor'>;

/** How much faster than the backbone's weights a weight learns: new layers and biases do. */
export function rateFactor({ group, bias }: ParameterSpec, settings: RateSettings): number {
  if (group === 'frozen') return 0;
  const base = group === 'new' ? settings['optimiser.newLayerFactor'] : 1;
  return base * (bias ? settings['optimiser.biasFactor'] : 1);
}
