import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { domains, type Domain } from '../../../../shared/types.js';
import {
  affinityForm,
  affinityKindOf,
  affinityMatrix,
  coMaps,
  type AffinityKind,
  type ClassifierSettings,
} from '../nets/classifier.js';
import { keyRows, queryRows, type Affinity } from '../nets/coattention.js';
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
   * What the image asks with is computed once for each kind of pair.
   */
  const affinitiesOf = (own: Tensor2D, domain: Domain, side: Role): ((sources: readonly Source[]) => Tensor2D) => {
    const asked = new Map<string, Tensor2D>();
    return (sources) => {
      const { kind, asks, answers } = pairOf(domain, sources[0].domain, side);
      const queries = asked.get(`${kind} ${asks}`) ?? rowsAs(asks, own, kind);
      asked.set(`${kind} ${asks}`, queries);
      const keys = sources.map(({ rows }) => rowsAs(answers, rows, kind));
      return tf.matMul(queries, keys.length === 1 ? keys[0] : tf.concat2d(keys, 0), false, true);
    };
  };

  /** Softmax-weighted scores of a class of sources at each position of the image: float32 [N1,1]. */
  const gather = (
    affinities: (sources: readonly Source[]) => Tensor2D,
    sources: readonly Source[],
    classIndex: number,
  ): Tensor => {
    const column = ({ scores }: Source): Tensor2D => tf.slice(scores, [0, classIndex], [-1, 1]);
    if (joint) {
      const groups = byDomain(sources);
      const parts = groups.map(affinities);
      const all = parts.length === 1 ? parts[0] : tf.concat2d(parts, 1);
      return tf.matMul(tf.softmax(all, -1), tf.concat2d(groups.flat().map(column), 0));
    }
    const each = sources.map((source) => tf.matMul(tf.softmax(affinities([source]), -1), column(source)));
    return tf.mul(tf.addN(each), 1 / each.length);
  };

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
        return wanted.map(({ classIndex, sources }) => gather(affinities, sources, classIndex));
      });
      const maps = results.map((map) => new Float32Array(map.dataSync() as Float32Array));
      tf.dispose(results);
      return maps;
    },
  };
}
