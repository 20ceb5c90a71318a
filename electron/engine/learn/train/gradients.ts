import type { Scalar, Tensor, TensorContainer } from '@tensorflow/tfjs';
import type { ParameterSpecs } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { globalNorm, rateFactor, sgdStep, type RateSettings } from './optimiser.js';
import type { TrainingState } from './state.js';

/** What a batch, or a part of one, says of the weights. */
export interface BatchGradients {
  /** By the names of the weights. */
  gradients: Map<string, Tensor>;
  figures: Record<string, number>;
}

/**
 * What `work` gives. Where it throws (an abort), nothing else would let go of `held`, nor of what TensorFlow.js has kept for
 * gradients that are not computed any more.
 */
export function disposingOnError<T>(tf: Tf, held: TensorContainer, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { state } = tf.engine();
    tf.dispose([held, (state.activeTape ?? []).map(({ saved }) => saved ?? [])]);
    state.activeTape = [];
    throw error;
  }
}

/**
 * Gradients of a loss, times the share of the batch that it is of.
 *
 * @param loss the loss and figures to hand out with it, scalars; called inside of a tidy
 */
export function gradientsOfLoss(
  tf: Tf,
  { trainable }: Pick<TrainingState, 'trainable'>,
  share: number,
  loss: () => { total: Scalar; figures: Readonly<Record<string, Tensor>> },
): BatchGradients {
  const kept: Record<string, Tensor> = {};
  const computed = disposingOnError(tf, kept, () =>
    tf.variableGrads(() => {
      const { total, figures } = loss();
      for (const [name, figure] of Object.entries(figures)) kept[name] = tf.keep(tf.mul(figure, share));
      return share === 1 ? total : tf.mul(total, share);
    }, Object.values(trainable)),
  );
  const { value, grads } = computed;
  value.dispose();
  const numbers = Object.entries(kept).map(([name, figure]) => [name, figure.dataSync()[0]] as const);
  tf.dispose(kept);
  // `variableGrads` names gradients by the variables' own names.
  const nameOf = new Map(Object.entries(trainable).map(([name, variable]) => [variable.name, name]));
  return {
    gradients: new Map(Object.entries(grads).map(([variable, gradient]) => [nameOf.get(variable)!, gradient])),
    figures: Object.fromEntries(numbers),
  };
}

/**
 * Gradients of a batch from those of its parts, one part at a time: nothing in the nets looks across the images of a batch,
 * so it is the same but for rounding, in less memory.
 */
export function gradientsOfParts<Part>(
  tf: Tf,
  parts: readonly Part[],
  ofPart: (part: Part) => BatchGradients,
): BatchGradients {
  const sum: BatchGradients = { gradients: new Map(), figures: {} };
  for (const part of parts) {
    const own = disposingOnError(tf, [...sum.gradients.values()], () => ofPart(part));
    for (const [name, gradient] of own.gradients) {
      const before = sum.gradients.get(name);
      sum.gradients.set(name, before ? tf.add(before, gradient) : gradient);
      if (before) tf.dispose([before, gradient]);
    }
    for (const [name, figure] of Object.entries(own.figures)) sum.figures[name] = (sum.figures[name] ?? 0) + figure;
  }
  return sum;
}

export type UpdateSettings = RateSettings & {
  'optimiser.momentum': number;
  'optimiser.nesterov': boolean;
  'optimiser.weightDecay': number;
  'optimiser.clipNorm': number;
};

/**
 * Changes the weights in place by the gradients, which it clips and disposes.
 *
 * @param rate learning rate of the backbone's weights
 * @returns norm of all gradients together, before clipping
 */
export function updateWeights(
  tf: Tf,
  specs: ParameterSpecs,
  state: TrainingState,
  gradients: ReadonlyMap<string, Tensor>,
  settings: UpdateSettings,
  rate: number,
): number {
  const norm = globalNorm(tf, [...gradients.values()]);
  const limit = settings['optimiser.clipNorm'];
  const scale = limit > 0 && norm > limit ? limit / norm : 1;
  for (const [name, gradient] of gradients) {
    const spec = specs.get(name)!;
    const clipped = scale === 1 ? gradient : tf.mul(gradient, scale);
    sgdStep(tf, state.trainable[name], state.velocities[name], clipped, rate * rateFactor(spec, settings), {
      momentum: settings['optimiser.momentum'],
      nesterov: settings['optimiser.nesterov'],
      weightDecay: spec.decay === false ? 0 : settings['optimiser.weightDecay'],
    });
    tf.dispose([clipped, gradient]);
  }
  return norm;
}
