import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { domains, type Domain } from '../../../../shared/types.js';
import {
  affinityForm,
  affinityKindOf,
  affinityMatrix,
  coMaps,
  gateWeights,
  type AffinityKind,
  type ClassifierSettings,
} from '../nets/classifier.js';
import { gateOf, keyRows, queryRows, type Affinity } from '../nets/coattention.js';
import type { Parameters } from '../nets/parameters.js';
import type { Tf } from '../runtime/tensorflow.js';

/**
 * One image as others attend to it.
 *
 * phi is linear and a softmax sums to one, so phi of gathered features equals gathered phi: instead of gathering C
 * channels and classifying them, one channel of scores is gathered for each class that is wanted.
 */
export interface Source {
  /** float32 [N,C] */
  rows: Tensor2D;
  /** phi of every position, float32 [N,K], raw */
  scores: Tensor2D;
  /** Where the image comes from; it decides by which matrix others attend to it. */
  domain: Domain;
}

/** An image that attends to others. */
export interface Target {
  /** float32 [1,h,w,C] */
  features: Tensor4D;
  domain: Domain;
}

/** Which of a pair an image is. */
type Role = 'first' | 'second';

/**
 * How an image attends to a source: by which matrix, and which of the pair each of them is. The matrix of a mixed pair has
 * the single-label image as its second, whichever of the two attends (paper, section 4.2).
 */
export function pairOf(from: Domain, to: Domain, side: Role): { kind: AffinityKind; asks: Role; answers: Role } {
  const kind = affinityKindOf(from, to);
  const isSecond = kind === 'mixed' ? from === 'single-label' : side === 'second';
  return isSecond ? { kind, asks: 'second', answers: 'first' } : { kind, asks: 'first', answers: 'second' };
}

/** Sources of one domain together, each in their order. */
const byDomain = (sources: readonly Source[]): Source[][] =>
  domains.map((domain) => sources.filter((source) => source.domain === domain)).filter(({ length }) => length > 0);

/** What co-attention maps are computed with. */
export interface Gatherer {
  /** The features of an image as a source; the caller disposes both tensors. */
  sourceOf(features: Tensor4D, domain: Domain): Source;
  /**
   * The co-attention map of each class in an image: at every position the sources' scores, weighted by the softmax of
   * the affinities with the sources' positions.
   *
   * @param wanted for each class the images to attend to
   * @param side whether the image is the pair's first (as with references) or its second
   * @returns raw maps, float32 [h*w] a class
   */
  maps(
    target: Target,
    wanted: readonly { classIndex: number; sources: readonly Source[] }[],
    side: Role,
  ): Float32Array[];
  /**
   * Where one position of an image attends: its softmax row, cut into the sources. Under `joint` all of it sums to one,
   * else each source's part.
   *
   * @param position row-major, of the target's features
   * @returns float32 [h2*w2] for each source, 0..1
   */
  attention(target: Target, sources: readonly Source[], position: number, side: Role): Float32Array[];
  /**
   * What the pair's features are parted by (paper, section 3.3): the class-agnostic gate B of the attended features, and
   * the raw map of a class in what the gate leaves, F * (1 - B).
   *
   * @returns gate 0..1 and rest raw, float32 [h*w] each
   */
  parted(
    target: Target,
    wanted: { classIndex: number; sources: readonly Source[] },
    side: Role,
  ): { gate: Float32Array; rest: Float32Array };
}

/**
 * @param temperature in place of the trained one under a cosine affinity; 0 keeps the trained one
 * @param joint one softmax over the positions of all sources together, instead of one each and their mean
 */
export function gatherer(
  tf: Tf,
  weights: Parameters,
  settings: ClassifierSettings,
  { temperature, joint }: { temperature: number; joint: boolean },
): Gatherer {
  const trained = affinityForm(settings, weights);
  const affinity: Affinity = trained.form === 'cosine' && temperature > 0 ? { ...trained, temperature } : trained;
  const asRows = (features: Tensor4D): Tensor2D => tf.reshape(features, [-1, features.shape[3]]);

  const rowsAs = (role: Role, rows: Tensor2D, kind: AffinityKind): Tensor2D =>
    role === 'first' ? queryRows(tf, rows, affinityMatrix(weights, kind), affinity) : keyRows(tf, rows, affinity);

  /**
   * Affinities of an image's positions with those of sources of one domain, side by side: float32 [N1, N2 + N2' + ...].
   * What the image asks with is computed once for each kind of pair. With `only` just that position asks: [1, N2 + ...].
   */
  const affinitiesOf = (
    own: Tensor2D,
    domain: Domain,
    side: Role,
    only?: number,
  ): ((sources: readonly Source[]) => Tensor2D) => {
    const asking = (rows: Tensor2D): Tensor2D => (only === undefined ? rows : tf.slice(rows, [only, 0], [1, -1]));
    const asked = new Map<string, Tensor2D>();
    return (sources) => {
      const { kind, asks, answers } = pairOf(domain, sources[0].domain, side);
      const queries = asked.get(`${kind} ${asks}`) ?? asking(rowsAs(asks, own, kind));
      asked.set(`${kind} ${asks}`, queries);
      const keys = sources.map(({ rows }) => rowsAs(answers, rows, kind));
      return tf.matMul(queries, keys.length === 1 ? keys[0] : tf.concat2d(keys, 0), false, true);
    };
  };

  /** Affinities with all sources side by side, those of a domain together: float32 [N1, N2 + N2' + ...]. */
  const jointly = (affinities: (sources: readonly Source[]) => Tensor2D, groups: readonly Source[][]): Tensor2D => {
    const parts = groups.map(affinities);
    return parts.length === 1 ? parts[0] : tf.concat2d(parts, 1);
  };

  /** Softmax-weighted values of the sources at each position of the image: [N2,V] a source -> float32 [N1,V]. */
  const gather = (
    affinities: (sources: readonly Source[]) => Tensor2D,
    sources: readonly Source[],
    valuesOf: (source: Source) => Tensor2D,
  ): Tensor => {
    if (joint) {
      const groups = byDomain(sources);
      return tf.matMul(tf.softmax(jointly(affinities, groups), -1), tf.concat2d(groups.flat().map(valuesOf), 0));
    }
    const each = sources.map((source) => tf.matMul(tf.softmax(affinities([source]), -1), valuesOf(source)));
    return tf.mul(tf.addN(each), 1 / each.length);
  };
  const scoresOf =
    (classIndex: number) =>
    ({ scores }: Source): Tensor2D =>
      tf.slice(scores, [0, classIndex], [-1, 1]);

  const numbers = (tensor: Tensor): Float32Array => new Float32Array(tensor.dataSync() as Float32Array);

  return {
    sourceOf(features, domain) {
      const [rows, scores] = tf.tidy(() => [
        tf.clone(asRows(features)),
        tf.clone(asRows(coMaps(tf, weights, features))),
      ]);
      return { rows, scores, domain };
    },
    maps({ features, domain }, wanted, side) {
      const results = tf.tidy(() => {
        const affinities = affinitiesOf(asRows(features), domain, side);
        return wanted.map(({ classIndex, sources }) => gather(affinities, sources, scoresOf(classIndex)));
      });
      const maps = results.map(numbers);
      tf.dispose(results);
      return maps;
    },
    attention({ features, domain }, sources, position, side) {
      const parts = joint ? byDomain(sources) : sources.map((source) => [source]);
      const rows = tf.tidy(() => {
        const affinities = affinitiesOf(asRows(features), domain, side, position);
        return (joint ? [jointly(affinities, parts)] : parts.map(affinities)).map((row) => tf.softmax(row, -1));
      });
      const row = Float32Array.from(rows.flatMap((tensor) => [...numbers(tensor)]));
      tf.dispose(rows);
      const found = new Map<Source, Float32Array>();
      let from = 0;
      for (const source of parts.flat()) {
        found.set(source, row.slice(from, from + source.rows.shape[0]));
        from += source.rows.shape[0];
      }
      return sources.map((source) => found.get(source)!);
    },
    parted({ features, domain }, { classIndex, sources }, side) {
      const [gate, rest] = tf.tidy(() => {
        const affinities = affinitiesOf(asRows(features), domain, side);
        const attended = tf.reshape(
          gather(affinities, sources, ({ rows }) => rows),
          features.shape,
        ) as Tensor4D;
        const { weight, bias } = gateWeights(weights);
        const open = gateOf(tf, attended, weight, bias);
        const left = coMaps(tf, weights, tf.mul(features, tf.sub(1, open)));
        return [open, tf.slice(left, [0, 0, 0, classIndex], [-1, -1, -1, 1])];
      });
      const result = { gate: numbers(gate), rest: numbers(rest) };
      tf.dispose([gate, rest]);
      return result;
    },
  };
}
