import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
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
   * the affinities with the source's positions, averaged over the sources.
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

/** @param temperature in place of the trained one under a cosine affinity; 0 keeps the trained one */
export function gatherer(tf: Tf, weights: Parameters, settings: ClassifierSettings, temperature: number): Gatherer {
  const trained = affinityForm(settings, weights);
  const matrix = affinityMatrix(weights, 'target');
  const affinity: Affinity = trained.form === 'cosine' && temperature > 0 ? { form: 'cosine', temperature } : trained;
  const asRows = (features: Tensor4D): Tensor2D => tf.reshape(features, [-1, features.shape[3]]);

  /** Softmax-weighted scores of one source at each position of the target: float32 [N1]. */
  const gather = (queries: Tensor2D, keys: Tensor2D, scores: Tensor1D): Tensor1D => {
    const attention = tf.softmax(tf.matMul(queries, keys, false, true), -1);
    return tf.reshape(tf.matMul(attention, tf.reshape(scores, [-1, 1])), [-1]) as Tensor1D;
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
        const asFirst = side === 'first' ? queryRows(tf, own, matrix, affinity) : null;
        const asSecond = side === 'second' ? keyRows(tf, own, affinity) : null;
        return wanted.map(({ classIndex, sources }) => {
          const gathered = sources.map(({ rows, scores }): Tensor => {
            const column = tf.reshape(tf.slice(scores, [0, classIndex], [-1, 1]), [-1]) as Tensor1D;
            return asFirst
              ? gather(asFirst, keyRows(tf, rows, affinity), column)
              : gather(asSecond!, queryRows(tf, rows, matrix, affinity), column);
          });
          return tf.mul(tf.addN(gathered), 1 / sources.length);
        });
      });
      const maps = results.map((map) => new Float32Array(map.dataSync() as Float32Array));
      tf.dispose([own, results]);
      return maps;
    },
  };
}
