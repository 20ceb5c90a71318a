import type { Tensor, Variable } from '@tensorflow/tfjs';
import { StudioError } from '../../../../shared/errors.js';
import { fitWeights } from '../weights/fit.js';
import type { NamedArrays } from '../weights/tensors.js';
import { initialValues, shapesOf, toArrays, type ParameterSpecs } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { random } from '../random.js';
import type { Checkpoint } from './types.js';

const MOMENTUM = 'momentum.';

/** Weights and velocities of a training, on the device. */
export interface TrainingState {
  /** All weights by name, the frozen ones as constants. */
  weights: Record<string, Tensor>;
  trainable: Record<string, Variable>;
  velocities: Record<string, Variable>;
  dispose(): void;
}

const trains = (specs: ParameterSpecs, name: string): boolean => specs.get(name)!.group !== 'frozen';

/**
 * First weights: those given, the rest drawn. Throws `weights-mismatch` where the backbone's do not fit.
 *
 * @param backbone the backbone's from its file, all of them, or null
 * @param others further ones that are not drawn, by name
 */
export function firstWeights(
  specs: ParameterSpecs,
  backbone: NamedArrays | null,
  seed: number,
  others: NamedArrays = new Map(),
): NamedArrays {
  const ofBackbone = new Map([...specs].filter(([name]) => name.startsWith('backbone.')));
  const given = new Map([...others, ...(backbone ? fitWeights(backbone, shapesOf(ofBackbone)) : [])]);
  return new Map(
    [...specs].map(([name, spec]) => [
      name,
      given.get(name) ?? { shape: spec.shape, data: initialValues(spec, random(seed, 'init', name)) },
    ]),
  );
}

/** Splits a checkpoint into weights and velocities, both complete. Throws `weights-mismatch` where one is not. */
function fromCheckpoint(
  specs: ParameterSpecs,
  { tensors }: Checkpoint,
): { weights: NamedArrays; momentum: NamedArrays } {
  const isMomentum = (name: string): boolean => name.startsWith(MOMENTUM);
  const weights = new Map([...tensors].filter(([name]) => !isMomentum(name)));
  const momentum = new Map([...tensors].filter(([name]) => isMomentum(name)));
  const trained = new Map([...specs].filter(([name]) => trains(specs, name)));
  return {
    weights: fitWeights(weights, shapesOf(specs)),
    momentum: fitWeights(momentum, new Map([...shapesOf(trained)].map(([name, shape]) => [MOMENTUM + name, shape]))),
  };
}

/** Puts weights on the device, from a checkpoint or fresh. */
export function trainingState(
  tf: Tf,
  specs: ParameterSpecs,
  start: { resume: Checkpoint | null; backbone: NamedArrays | null; others: NamedArrays; seed: number },
): TrainingState {
  const saved = start.resume && fromCheckpoint(specs, start.resume);
  const arrays = saved?.weights ?? firstWeights(specs, start.backbone, start.seed, start.others);
  const weights: Record<string, Tensor> = {};
  const trainable: Record<string, Variable> = {};
  const velocities: Record<string, Variable> = {};
  for (const [name, { shape, data }] of arrays) {
    const tensor = tf.tensor(data, shape, 'float32');
    if (!trains(specs, name)) {
      weights[name] = tensor;
      continue;
    }
    weights[name] = trainable[name] = variable(tf, tensor);
    const velocity = saved?.momentum.get(MOMENTUM + name);
    velocities[name] = variable(tf, velocity ? tf.tensor(velocity.data, shape, 'float32') : tf.zeros(shape));
  }
  return {
    weights,
    trainable,
    velocities,
    dispose: () => tf.dispose([Object.values(weights), Object.values(velocities)]),
  };
}

/** A variable in place of a tensor: the copy takes the tensor's memory over. */
function variable(tf: Tf, tensor: Tensor): Variable {
  const result = tf.variable(tensor);
  tensor.dispose();
  return result;
}

/** Everything that a training needs to go on exactly from here; `position` is plain JSON. */
export function checkpointOf({ weights, velocities }: TrainingState, position: object): Checkpoint {
  const momentum = Object.fromEntries(Object.entries(velocities).map(([name, tensor]) => [MOMENTUM + name, tensor]));
  return { tensors: toArrays({ ...weights, ...momentum }), state: { ...position } };
}

/** Where a training stands; every random choice follows from this and the seed. */
export interface TrainingPosition {
  /** Epoch in hand, counted from 0. */
  epoch: number;
  /** Steps of that epoch that are done. */
  stepInEpoch: number;
  /** Sum of the basic loss over these steps, for the epoch's mean. */
  epochBasicSum: number;
}

/** The position in a checkpoint; throws `weights-damaged` where it holds none. */
export function positionOf({ state }: Checkpoint): TrainingPosition {
  const { epoch, stepInEpoch, epochBasicSum } = state as Partial<TrainingPosition>;
  const whole = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  if (!whole(epoch) || !whole(stepInEpoch) || typeof epochBasicSum !== 'number') {
    throw new StudioError({
      code: 'weights-damaged',
      message: 'the checkpoint does not say where its training stands',
      remedy: 'Resume from another checkpoint, or train again.',
    });
  }
  return { epoch, stepInEpoch, epochBasicSum };
}
