import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { affinityForm, affinityMatrix, coMaps, type ClassifierSettings } from '../nets/classifier.js';
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
}

/** What co-attention maps are computed with. */
export interface Gatherer {
  /** The features of an image as a source; the caller disposes both tensors. */
  sourceOf(features: Tensor4D): Source;
  /**
   * The co-attention map of each class in an image: at every position the sources' scores, weighted by the softmax of
   * the affinities with the sources' positions.
   *
   * @param target float32 [1,h,w,C]
   * @param sources for each class the images to attend to
   * @param side whether the image is the pair's first (as with references) or its second
   * @returns raw maps, float32 [h*w] a class
   */
  maps(
    target: Tensor4D,
    wanted: readonly { classIndex: number; sources: readonly Source[] }[],
    side: 'first' | 'second',
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
  const matrix = affinityMatrix(weights, 'target');
  const affinity: Affinity = trained.form === 'cosine' && temperature > 0 ? { ...trained, temperature } : trained;
  const asRows = (features: Tensor4D): Tensor2D => tf.reshape(features, [-1, features.shape[3]]);

  /** Softmax-weighted scores of sources at each position of the target: float32 [N1]. */
  const gather = (queries: Tensor2D, keys: readonly Tensor2D[], scores: readonly Tensor2D[]): Tensor => {
    if (joint) {
      const affinities = tf.matMul(queries, tf.concat([...keys]) as Tensor2D, false, true);
      return tf.matMul(tf.softmax(affinities, -1), tf.concat([...scores]) as Tensor2D);
    }
    const each = keys.map((rows, i) => tf.matMul(tf.softmax(tf.matMul(queries, rows, false, true), -1), scores[i]));
    return tf.mul(tf.addN(each), 1 / each.length);
  };

  return {
    sourceOf(features) {
      const [rows, scores] = tf.tidy(() => [
        tf.clone(asRows(features)),
        tf.clone(asRows(coMaps(tf, weights, features))),
      ]);
      return { rows, scores };
    },
    maps(target, wanted, side) {
      const own = asRows(target);
      const results = tf.tidy(() => {
        // The affinity of a pair is not symmetric: its first image goes through the matrix, its second does not.
        const asFirst = (rows: Tensor2D): Tensor2D => queryRows(tf, rows, matrix, affinity);
        const asSecond = (rows: Tensor2D): Tensor2D => keyRows(tf, rows, affinity);
        const [ask, answer] = side === 'first' ? [asFirst, asSecond] : [asSecond, asFirst];
        const queries = ask(own);
        return wanted.map(({ classIndex, sources }) => {
          const columns = sources.map(({ scores }) => tf.slice(scores, [0, classIndex], [-1, 1]));
          return gather(
            queries,
            sources.map(({ rows }) => answer(rows)),
            columns,
          );
        });
      });
      const maps = results.map((map) => new Float32Array(map.dataSync() as Float32Array));
      tf.dispose([own, results]);
      return maps;
    },
  };
}
