import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { affinityKindOf, affinityKinds, features, frozenStagesOf, type AffinityKind } from '../nets/classifier.js';
import type { ParameterSpecs } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';
import { labelBatch, weightBatch } from '../batch.js';
import { stepLosses, type LossParts, type Side } from './losses.js';
import type { KeptFeatures, NetContext, NetInputs } from './lower.js';
import type { PreparedBatch } from './prepared.js';

/** What stays the same over a training. */
export interface StepContext extends NetContext {
  specs: ParameterSpecs;
  classCount: number;
  /** What the frozen stages made of photos before; absent where that is not kept. */
  kept?: KeptFeatures | null;
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

/** For each kind of pair, whether any first and whether any second image of the batch has a label its partner lacks. */
export function unsharedSides(batch: PreparedBatch): Map<AffinityKind, readonly [boolean, boolean]> {
  const images = [...batch.first, ...batch.second].map(({ image }) => image);
  const lacks = (own: number, other: number): boolean =>
    images[own].classes.some((label) => !images[other].classes.includes(label));
  return new Map(
    [...pairsByKind(batch)].map(([kind, pairs]) => [
      kind,
      [pairs.some(([first, second]) => lacks(first, second)), pairs.some(([first, second]) => lacks(second, first))],
    ]),
  );
}

/**
 * Losses of pairs as a function of the weights, and the mean of their features.
 *
 * @param pairs a batch, or a part of it
 * @param inputs what its photos enter the trained stages as
 * @param unshared of the whole batch
 */
export function batchLosses(
  context: StepContext,
  pairs: PreparedBatch,
  inputs: NetInputs,
  epoch: number,
  unshared: ReturnType<typeof unsharedSides>,
): LossParts & { meanFeature: Tensor } {
  const { tf, backbone, state, settings, classCount } = context;
  const { first, second, views } = pairs;
  const weights = state.weights;
  const featuresOf = (x: Tensor4D): Tensor4D => features(tf, backbone, weights, x, frozenStagesOf(backbone, settings));

  const all = [...first, ...second];
  const both = featuresOf(inputs.both);
  const sideOf = (rows: readonly number[], hasUnshared: boolean): Side => ({
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
    hasUnshared,
  });

  const groups = [...pairsByKind(pairs)].map(([kind, rows]) => {
    const sides = ([0, 1] as const).map((side) =>
      sideOf(
        rows.map((pair) => pair[side]),
        unshared.get(kind)![side],
      ),
    ) as [Side, Side];
    return { kind, sides, share: rows.length / first.length };
  });
  const self = views.flatMap(({ name }, view) => {
    const ofView = featuresOf(inputs.views[view]);
    return [...selfPairsByKind(pairs)].map(([kind, rows]) => {
      const own = sideOf(rows, false);
      const sides: [Side, Side] = [own, { ...own, features: takeRows(tf, ofView, rows) }];
      return { view: name, sides, kind, share: rows.length / first.length };
    });
  });
  return { ...stepLosses(tf, weights, groups, self, settings, epoch), meanFeature: tf.mean(both) };
}
