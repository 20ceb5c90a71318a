import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import {
  affinityForm,
  affinityMatrix,
  basicMaps,
  coMaps,
  gateWeights,
  type AffinityKind,
  type ClassifierSettings,
} from '../nets/classifier.js';
import { averagePool, coAttention, contrastiveFeatures } from '../nets/coattention.js';
import type { Parameters } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';

export type LossSettings = ClassifierSettings &
  Pick<
    TrainSettings,
    | 'loss.basic'
    | 'loss.coAttention'
    | 'loss.contrastive'
    | 'loss.reduction'
    | 'loss.contrastiveFromEpoch'
    | 'loss.contrastiveOnlyUnshared'
  >;

/** One side of a batch of pairs. */
export interface Side {
  /** float32 [B,h,w,C] */
  features: Tensor4D;
  /** Multi-hot float32 [B,K] */
  labels: Tensor2D;
  /** What each label counts, float32 [B,K] in 0..1; null where all count fully. */
  labelWeights: Tensor2D | null;
  /** Whether any image of this side, in the whole batch, has a label that its partner lacks; by the labels unless given. */
  hasUnshared?: boolean;
}

/** The weighted sum that is minimised, and what it is made of, unweighted. */
export interface LossParts {
  total: Scalar;
  parts: Record<string, Scalar>;
}

/**
 * Sigmoid cross-entropy, averaged over rows and classes; stable for logits of any size.
 *
 * @param logits float32 [R,K]
 * @param labels float32 [R,K], 0 or 1
 * @param weights factor of each term, float32 [R,K]; the mean is over as many terms as without
 */
export function crossEntropy(tf: Tf, logits: Tensor2D, labels: Tensor2D, weights: Tensor2D | null = null): Scalar {
  return tf.tidy(() => {
    // -[y ln s(x) + (1-y) ln(1-s(x))] = max(x, 0) - x y + ln(1 + exp(-|x|))
    const rest = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
    const terms = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), rest);
    return tf.mean(weights ? tf.mul(terms, weights) : terms) as Scalar;
  });
}

/** Both sides' losses: their sum under `sum`, their mean (over all rows) under `reference`. */
function bothSides(tf: Tf, first: Scalar, second: Scalar, reduction: LossSettings['loss.reduction']): Scalar {
  const sum = tf.add(first, second) as Scalar;
  return reduction === 'sum' ? sum : (tf.mul(sum, 0.5) as Scalar);
}

/** Labels that one side has and the other lacks: l_m - l_m * l_n. */
export function unshared(tf: Tf, own: Tensor2D, other: Tensor2D): Tensor2D {
  return tf.sub(own, tf.mul(own, other));
}

/** What a label counts that both images of a pair have a say in: the product of what it counts in each. */
function sharedWeights(tf: Tf, { labelWeights: a }: Side, { labelWeights: b }: Side): Tensor2D | null {
  return a && b ? tf.mul(a, b) : (a ?? b);
}

/**
 * Loss of each side on what the pair does not share. A side without any unshared label in the batch counts nothing where
 * `loss.contrastiveOnlyUnshared` says so; it still has a gradient, of zeros, so that weight decay goes on alike.
 */
function contrastiveLoss(
  tf: Tf,
  weights: Parameters,
  sides: readonly [Side, Side],
  attended: readonly [Tensor4D, Tensor4D],
  settings: LossSettings,
): Scalar {
  const gate = gateWeights(weights);
  const counted = sharedWeights(tf, ...sides);
  const ofSide = (own: Side, other: Side, coFeatures: Tensor4D): Scalar => {
    const labels = unshared(tf, own.labels, other.labels);
    const counts = settings['loss.contrastiveOnlyUnshared']
      ? Number(own.hasUnshared ?? tf.max(labels).dataSync()[0])
      : 1;
    const rest = contrastiveFeatures(tf, own.features, coFeatures, gate.weight, gate.bias);
    return tf.mul(crossEntropy(tf, averagePool(tf, coMaps(tf, weights, rest)), labels, counted), counts);
  };
  const [first, second] = sides;
  return tf.add(ofSide(first, second, attended[0]), ofSide(second, first, attended[1]));
}

/**
 * Losses of a batch of pairs (paper, section 3.4; docs/method.md for the two presets).
 *
 * @param sides the first and the second images of the pairs, from the same kind of domains
 * @param contrastive `counts`: it takes part; `waits`: it will from a later epoch on, its gradient is zero until then;
 *   `none`: it has no place here (self pairs)
 */
export function pairLosses(
  tf: Tf,
  weights: Parameters,
  sides: readonly [Side, Side],
  kind: AffinityKind,
  settings: LossSettings,
  contrastive: 'counts' | 'waits' | 'none',
): LossParts {
  const [first, second] = sides;
  const reduction = settings['loss.reduction'];
  const parts: Record<string, Scalar> = {};
  if (settings['loss.basic'] > 0) {
    const ofSide = ({ features, labels, labelWeights }: Side): Scalar =>
      crossEntropy(tf, averagePool(tf, basicMaps(tf, weights, features)), labels, labelWeights);
    parts.basic = bothSides(tf, ofSide(first), ofSide(second), reduction);
  }
  const wantsCo = settings['loss.coAttention'] > 0;
  const wantsContrastive = contrastive !== 'none' && settings['loss.contrastive'] > 0;
  if (wantsCo || wantsContrastive) {
    const matrix = affinityMatrix(weights, kind);
    const affinity = affinityForm(settings, weights);
    const attended = coAttention(tf, first.features, second.features, matrix, affinity);
    if (wantsCo) {
      const common = tf.mul(first.labels, second.labels) as Tensor2D;
      const counted = sharedWeights(tf, first, second);
      const ofSide = (x: Tensor4D): Scalar =>
        crossEntropy(tf, averagePool(tf, coMaps(tf, weights, x)), common, counted);
      parts.coAttention = bothSides(tf, ofSide(attended[0]), ofSide(attended[1]), reduction);
    }
    if (wantsContrastive) {
      const loss = contrastiveLoss(tf, weights, sides, attended, settings);
      parts.contrastive = contrastive === 'counts' ? loss : (tf.mul(loss, 0) as Scalar);
    }
  }
  return { total: weightedSum(tf, parts, settings), parts };
}

function weightedSum(tf: Tf, parts: Readonly<Record<string, Scalar>>, settings: LossSettings): Scalar {
  const weightOf: Record<string, number> = {
    basic: settings['loss.basic'],
    coAttention: settings['loss.coAttention'],
    contrastive: settings['loss.contrastive'],
  };
  return Object.entries(parts).reduce<Scalar>(
    (sum, [name, loss]) => tf.add(sum, tf.mul(loss, weightOf[name])),
    tf.scalar(0),
  );
}

/**
 * Losses of one training step: the pairs, grouped by the kind of their domains, and the first images' self pairs.
 *
 * @param groups pairs of one kind each, with the share of the batch's pairs they hold
 * @param self self pairs of one kind each, first images beside one view of themselves, with their share of the batch
 * @param epoch counted from 0
 */
export function stepLosses(
  tf: Tf,
  weights: Parameters,
  groups: readonly { sides: readonly [Side, Side]; kind: AffinityKind; share: number }[],
  self: readonly { view: string; sides: readonly [Side, Side]; kind: AffinityKind; share: number }[],
  settings: LossSettings,
  epoch: number,
): LossParts {
  const contrastive = epoch >= settings['loss.contrastiveFromEpoch'] ? 'counts' : 'waits';
  const parts: Record<string, Scalar> = {};
  let total = tf.scalar(0);
  const add = (name: string, loss: Scalar, share: number): void => {
    const weighted = tf.mul(loss, share) as Scalar;
    parts[name] = name in parts ? tf.add(parts[name], weighted) : weighted;
  };
  for (const { sides, kind, share } of groups) {
    const losses = pairLosses(tf, weights, sides, kind, settings, contrastive);
    for (const [name, loss] of Object.entries(losses.parts)) add(name, loss, share);
    total = tf.add(total, tf.mul(losses.total, share));
  }
  for (const { view, sides, kind, share } of self) {
    const losses = pairLosses(tf, weights, sides, kind, settings, 'none');
    for (const [name, loss] of Object.entries(losses.parts)) add(`${name}.${view}`, loss, share);
    total = tf.add(total, tf.mul(losses.total, share));
  }
  return { total, parts };
}
