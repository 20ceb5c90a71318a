import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { RgbImage } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { mirror } from '../../images/index.js';
import type { Backbone } from '../nets/backbones/index.js';
import { affinityKindOf, affinityKinds, features, type AffinityKind } from '../nets/classifier.js';
import type { ParameterSpecs } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { labelBatch, photoBatch, weightBatch } from '../batch.js';
import { reframe, squash } from './augment.js';
import { stepLosses, type Side } from './losses.js';
import { globalNorm, rateFactor, sgdStep } from './optimiser.js';
import type { Random } from '../random.js';
import type { TrainingState } from './state.js';
import type { TrainingImage } from './types.js';

/** Photos of a batch of pairs as training sees them, in plain memory: made while the step before is computed. */
export interface PreparedBatch {
  first: { image: TrainingImage; photo: RgbImage }[];
  second: { image: TrainingImage; photo: RgbImage }[];
  /** For each self pair, the first images in another view. */
  views: { name: string; photos: RgbImage[] }[];
}

/** A self-pair view of a reframed photo: its mirror image, or another size relative to the input size. */
function viewOf(photo: RgbImage, view: string, settings: TrainSettings, rng: Random): RgbImage {
  if (view === 'mirror') return mirror(squash(photo, settings.inputSize, settings, rng));
  return squash(photo, Math.round(settings.inputSize * Number(view)), settings, rng);
}

/**
 * Frames, squashes and jitters the photos of a batch.
 *
 * @param randomOf a stream of its own for each image of the batch
 */
export function prepareBatch(
  pairs: readonly (readonly [TrainingImage, TrainingImage])[],
  photos: readonly (readonly [RgbImage, RgbImage])[],
  settings: TrainSettings,
  randomOf: (slot: number, side: number) => Random,
): PreparedBatch {
  const batch: PreparedBatch = {
    first: [],
    second: [],
    views: settings['pairs.self'].map((name) => ({ name, photos: [] })),
  };
  pairs.forEach(([first, second], slot) => {
    const rngs = [randomOf(slot, 0), randomOf(slot, 1)];
    const framed = photos[slot].map((photo, side) => reframe(photo, settings, rngs[side]));
    const squashed = framed.map((photo, side) => squash(photo, settings.inputSize, settings, rngs[side]));
    batch.first.push({ image: first, photo: squashed[0] });
    batch.second.push({ image: second, photo: squashed[1] });
    for (const view of batch.views) view.photos.push(viewOf(framed[0], view.name, settings, rngs[0]));
  });
  return batch;
}

export interface StepResult {
  losses: Record<string, number>;
  meanFeature: number;
  gradientNorm: number;
}

/** What stays the same over a training. */
export interface StepContext {
  tf: Tf;
  backbone: Backbone;
  specs: ParameterSpecs;
  state: TrainingState;
  settings: TrainSettings;
  classCount: number;
}

/** Both images of a pair, as rows of a batch that holds all first images and then all second ones. */
type PairRows = readonly [number, number];

/**
 * Pairs of a batch by the kind of their domains. In a mixed pair the single-label image comes second, because its matrix
 * is defined with the target's as the first (paper, section 4.2).
 */
export function pairsByKind({ first, second }: PreparedBatch): Map<AffinityKind, PairRows[]> {
  const pairs = new Map<AffinityKind, PairRows[]>(affinityKinds.map((kind) => [kind, []]));
  first.forEach(({ image }, row) => {
    const kind = affinityKindOf(image.domain, second[row].image.domain);
    const rows: PairRows = [row, row + first.length];
    const swaps = kind === 'mixed' && image.domain === 'single-label';
    pairs.get(kind)!.push(swaps ? [rows[1], rows[0]] : rows);
  });
  return new Map([...pairs].filter(([, members]) => members.length > 0));
}

/** Rows of the first images by the kind of a pair of theirs with themselves: a view is of the same domain. */
export function selfPairsByKind({ first }: Pick<PreparedBatch, 'first'>): Map<AffinityKind, number[]> {
  const rows = new Map<AffinityKind, number[]>();
  first.forEach(({ image }, row) => {
    const kind = affinityKindOf(image.domain, image.domain);
    rows.set(kind, [...(rows.get(kind) ?? []), row]);
  });
  return rows;
}

/** Some rows of a batch; consecutive ones are cut out, which costs less than gathering. */
function takeRows(tf: Tf, x: Tensor4D, rows: readonly number[]): Tensor4D {
  const consecutive = rows.every((row, i) => row === rows[0] + i);
  if (consecutive) return tf.slice(x, [rows[0], 0, 0, 0], [rows.length, -1, -1, -1]);
  return tf.gather(x, tf.tensor1d([...rows], 'int32'));
}

/** Losses of a batch as a function of the weights, with the figures of it that are wanted beside the gradient. */
function batchLosses(
  context: StepContext,
  batch: PreparedBatch,
  epoch: number,
): { total: Scalar; figures: Tensor[]; names: string[] } {
  const { tf, backbone, state, settings, classCount } = context;
  const { first, second, views } = batch;
  const weights = state.weights;
  const featuresOf = (photos: readonly RgbImage[]): Tensor4D =>
    features(tf, backbone, weights, photoBatch(tf, photos, backbone.colours));

  const all = [...first, ...second];
  const both = featuresOf(all.map(({ photo }) => photo));
  const sideOf = (rows: readonly number[]): Side => ({
    features: takeRows(tf, both, rows),
    labels: labelBatch(
      tf,
      rows.map((row) => all[row].image.classes),
      classCount,
    ),
    labelWeights: weightBatch(
      tf,
      rows.map((row) => all[row].image.labelWeights),
      classCount,
    ),
  });

  const groups = [...pairsByKind(batch)].map(([kind, pairs]) => {
    const sides: [Side, Side] = [sideOf(pairs.map(([row]) => row)), sideOf(pairs.map(([, row]) => row))];
    return { kind, sides, share: pairs.length / first.length };
  });
  const self = views.flatMap(({ name, photos }) => {
    const ofView = featuresOf(photos);
    return [...selfPairsByKind(batch)].map(([kind, rows]) => {
      const own = sideOf(rows);
      const sides: [Side, Side] = [own, { ...own, features: takeRows(tf, ofView, rows) }];
      return { view: name, sides, kind, share: rows.length / first.length };
    });
  });
  const { total, parts } = stepLosses(tf, weights, groups, self, settings, epoch);
  return { total, figures: [tf.mean(both), ...Object.values(parts)], names: Object.keys(parts) };
}

/**
 * One training step: losses, gradients, clipping, update of the weights in place.
 *
 * @param rate learning rate of the backbone's weights
 */
export function trainingStep(context: StepContext, batch: PreparedBatch, epoch: number, rate: number): StepResult {
  const { tf, specs, state, settings } = context;
  let figures: Tensor[] = [];
  let names: string[] = [];
  const { value, grads } = tf.variableGrads(() => {
    const losses = batchLosses(context, batch, epoch);
    figures = losses.figures.map((figure) => tf.keep(figure));
    names = losses.names;
    return losses.total;
  }, Object.values(state.trainable));

  // `variableGrads` names gradients by the variables' own names.
  const nameOf = new Map(Object.entries(state.trainable).map(([name, variable]) => [variable.name, name]));
  const gradients = Object.entries(grads);
  const norm = globalNorm(
    tf,
    gradients.map(([, gradient]) => gradient),
  );
  const limit = settings['optimiser.clipNorm'];
  const scale = limit > 0 && norm > limit ? limit / norm : 1;
  for (const [variableName, gradient] of gradients) {
    const name = nameOf.get(variableName)!;
    const spec = specs.get(name)!;
    const clipped = scale === 1 ? gradient : tf.mul(gradient, scale);
    sgdStep(tf, state.trainable[name], state.velocities[name], clipped, rate * rateFactor(spec, settings), {
      momentum: settings['optimiser.momentum'],
      nesterov: settings['optimiser.nesterov'],
      weightDecay: spec.decay === false ? 0 : settings['optimiser.weightDecay'],
    });
    if (clipped !== gradient) clipped.dispose();
  }
  const total = value.dataSync()[0];
  const [meanFeature, ...losses] = figures.map((figure) => figure.dataSync()[0]);
  tf.dispose([value, Object.values(grads), figures]);
  return {
    losses: { total, ...Object.fromEntries(names.map((name, i) => [name, losses[i]])) },
    meanFeature,
    gradientNorm: norm,
  };
}
