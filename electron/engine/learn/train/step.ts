import type { Tensor, TensorContainer } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';
import { batchLosses, unsharedSides, type StepContext } from './batchLosses.js';
import { netInputs } from './lower.js';
import { globalNorm, rateFactor, sgdStep } from './optimiser.js';
import { microBatches, type PreparedBatch } from './prepared.js';

export interface StepResult {
  losses: Record<string, number>;
  meanFeature: number;
  gradientNorm: number;
}

/** What a batch says of the weights: gradients by the names of the weights, and the figures of its losses. */
interface BatchGradients {
  gradients: Map<string, Tensor>;
  /** Losses by name, `total` first, and `meanFeature`. */
  figures: Record<string, number>;
}

/**
 * What `work` gives. Where it throws (an abort), nothing else would let go of `held`, nor of what TensorFlow.js has kept for
 * gradients that are not computed any more.
 */
function disposingOnError<T>(tf: Tf, held: TensorContainer, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { state } = tf.engine();
    tf.dispose([held, (state.activeTape ?? []).map(({ saved }) => saved ?? [])]);
    state.activeTape = [];
    throw error;
  }
}

/** Gradients of a part of a batch, times the share of the batch's pairs that it holds. */
function gradientsOfPart(
  context: StepContext,
  part: PreparedBatch,
  epoch: number,
  { share, unshared }: { share: number; unshared: ReturnType<typeof unsharedSides> },
): BatchGradients {
  const { tf, state } = context;
  const figures: Record<string, Tensor> = {};
  const inputs = netInputs(context, part);
  const held = [inputs.both, ...inputs.views];
  const computed = disposingOnError(tf, [figures, held], () =>
    tf.variableGrads(() => {
      const { total, parts, meanFeature } = batchLosses(context, part, inputs, epoch, unshared);
      for (const [name, figure] of Object.entries({ total, ...parts, meanFeature })) {
        figures[name] = tf.keep(tf.mul(figure, share));
      }
      return share === 1 ? total : tf.mul(total, share);
    }, Object.values(state.trainable)),
  );
  const { value, grads } = computed;
  value.dispose();
  const numbers = Object.entries(figures).map(([name, figure]) => [name, figure.dataSync()[0]] as const);
  tf.dispose([figures, held]);
  // `variableGrads` names gradients by the variables' own names.
  const nameOf = new Map(Object.entries(state.trainable).map(([name, variable]) => [variable.name, name]));
  return {
    gradients: new Map(Object.entries(grads).map(([variable, gradient]) => [nameOf.get(variable)!, gradient])),
    figures: Object.fromEntries(numbers),
  };
}

/** Adds the gradients and figures of one part to those of the parts before it, whose tensors it takes over. */
function accumulate(tf: Tf, sum: BatchGradients, part: BatchGradients): void {
  for (const [name, gradient] of part.gradients) {
    const before = sum.gradients.get(name);
    sum.gradients.set(name, before ? tf.add(before, gradient) : gradient);
    if (before) tf.dispose([before, gradient]);
  }
  for (const [name, figure] of Object.entries(part.figures)) sum.figures[name] = (sum.figures[name] ?? 0) + figure;
}

/**
 * Gradients of a batch. With `microBatch`, so many pairs at a time are computed and their gradients added up: nothing in
 * the net looks across the pairs of a batch, so it is the same but for rounding, in less memory.
 */
function gradientsOf(context: StepContext, batch: PreparedBatch, epoch: number): BatchGradients {
  const unshared = unsharedSides(batch);
  const sum: BatchGradients = { gradients: new Map(), figures: {} };
  for (const part of microBatches(batch, context.settings.microBatch)) {
    const share = part.first.length / batch.first.length;
    const own = disposingOnError(context.tf, [...sum.gradients.values()], () =>
      gradientsOfPart(context, part, epoch, { share, unshared }),
    );
    accumulate(context.tf, sum, own);
  }
  return sum;
}

/**
 * One training step: losses, gradients, clipping, update of the weights in place.
 *
 * @param rate learning rate of the backbone's weights
 */
export function trainingStep(context: StepContext, batch: PreparedBatch, epoch: number, rate: number): StepResult {
  const { tf, specs, state, settings } = context;
  const { gradients, figures } = gradientsOf(context, batch, epoch);
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
  const { meanFeature, ...losses } = figures;
  return { losses, meanFeature, gradientNorm: norm };
}
