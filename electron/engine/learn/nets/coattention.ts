import type { Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../runtime/tensorflow.js';

/** How alike two positions are before the softmax; docs/method.md, "Affinity". */
export type Affinity =
  | { form: 'raw' }
  | { form: 'scaled'; scale: number }
  | { form: 'cosine'; temperature: Scalar | number; centred: boolean };

/** Keeps the length of an all-zero feature vector from dividing by zero. */
const LENGTH_EPSILON = 1e-6;

/** Rows of unit length along the last axis. */
function unitRows<X extends Tensor>(tf: Tf, x: X): X {
  const squared = tf.sum(tf.square(x), -1, true);
  return tf.div(x, tf.sqrt(tf.add(squared, LENGTH_EPSILON * LENGTH_EPSILON))) as X;
}

/** Rows less the mean row of their image; positions are the last axis but one. */
const centredRows = <X extends Tensor>(tf: Tf, x: X): X => tf.sub(x, tf.mean(x, -2, true)) as X;

/** Features as rows, one a position, row-major: float32 [B,h,w,C] -> [B,h*w,C]. */
export function positions(tf: Tf, features: Tensor4D): Tensor3D {
  const [batch, height, width, channels] = features.shape;
  return tf.reshape(features, [batch, height * width, channels]);
}

/**
 * What each position of a pair's first image asks with: its features times W, times the constant or temperature that the
 * affinity has. Under `cosine` they are of unit length, and less the image's mean feature where centred: what all
 * positions of an image have in common would otherwise make all of them alike.
 *
 * @param first float32 [...,N,C], one position a row
 * @param matrix float32 [C,C]
 * @returns float32 [...,N,C]
 */
export function queryRows<X extends Tensor>(tf: Tf, first: X, matrix: Tensor2D, affinity: Affinity): X {
  return tf.tidy(() => {
    const channels = matrix.shape[0];
    const project = (x: Tensor): X =>
      tf.reshape(tf.matMul(tf.reshape(x, [-1, channels]) as Tensor2D, matrix), first.shape) as X;
    switch (affinity.form) {
      case 'raw':
        return project(first);
      case 'scaled':
        return tf.mul(project(first), affinity.scale) as X;
      case 'cosine': {
        const rows = affinity.centred ? centredRows(tf, first) : first;
        return tf.mul(unitRows(tf, project(rows)), affinity.temperature) as X;
      }
    }
  });
}

/** What each position of a pair's second image answers with: its features, under `cosine` as `queryRows` has them. */
export function keyRows<X extends Tensor>(tf: Tf, second: X, affinity: Affinity): X {
  if (affinity.form !== 'cosine') return tf.clone(second);
  return tf.tidy(() => unitRows(tf, affinity.centred ? centredRows(tf, second) : second));
}

/**
 * Affinity of every position of one image with every position of the other.
 *
 * `P = (F_m W) F_n^T` in row-vector form (paper, section 3.2: P = F_m^T W_P F_n), times a constant where scaled; under
 * `cosine` both factors are rows of unit length, times the temperature.
 *
 * @param first float32 [B,N1,C]
 * @param second float32 [B,N2,C]
 * @param matrix float32 [C,C]
 * @returns float32 [B,N1,N2]
 */
export function affinityOf(tf: Tf, first: Tensor3D, second: Tensor3D, matrix: Tensor2D, affinity: Affinity): Tensor3D {
  return tf.tidy(() => tf.matMul(queryRows(tf, first, matrix, affinity), keyRows(tf, second, affinity), false, true));
}

/**
 * Features of the second image gathered at each position of the first: every position takes the mean of the other
 * image's features, weighted by the softmax of its affinities (paper, section 3.2, co-attention features).
 *
 * @param affinity float32 [B,N1,N2]
 * @param second float32 [B,N2,C]
 * @returns float32 [B,N1,C]
 */
export function attend(tf: Tf, affinity: Tensor3D, second: Tensor3D): Tensor3D {
  return tf.tidy(() => tf.matMul(tf.softmax(affinity, -1), second));
}

/**
 * Co-attention features of both images of a pair.
 *
 * @param first float32 [B,h1,w1,C]
 * @param second float32 [B,h2,w2,C]; sizes may differ
 * @returns the first image's, float32 [B,h1,w1,C], and the second's, [B,h2,w2,C]
 */
export function coAttention(
  tf: Tf,
  first: Tensor4D,
  second: Tensor4D,
  matrix: Tensor2D,
  affinity: Affinity,
): [Tensor4D, Tensor4D] {
  return tf.tidy(() => {
    const [rows1, rows2] = [positions(tf, first), positions(tf, second)];
    const p = affinityOf(tf, rows1, rows2, matrix, affinity);
    const attended1 = tf.reshape(attend(tf, p, rows2), first.shape) as Tensor4D;
    const attended2 = tf.reshape(attend(tf, tf.transpose(p, [0, 2, 1]), rows1), second.shape) as Tensor4D;
    return [attended1, attended2];
  });
}

/**
 * What a pair does not share: features times one minus the class-agnostic co-attention B = sigmoid(F W_B), a gate that
 * is the same for all channels (paper, section 3.3, contrastive co-attention).
 *
 * @param features float32 [B,h,w,C]
 * @param attended co-attention features of the same image, float32 [B,h,w,C]
 * @param gate float32 [1,1,C,1]
 * @param gateBias float32 [1], or null
 * @returns float32 [B,h,w,C]
 */
export function contrastiveFeatures(
  tf: Tf,
  features: Tensor4D,
  attended: Tensor4D,
  gate: Tensor4D,
  gateBias: Tensor | null,
): Tensor4D {
  return tf.tidy(() => tf.mul(features, tf.sub(1, gateOf(tf, attended, gate, gateBias))));
}

/** Class-agnostic co-attention B in 0..1, float32 [B,h,w,1]. */
export function gateOf(tf: Tf, attended: Tensor4D, gate: Tensor4D, gateBias: Tensor | null): Tensor4D {
  return tf.tidy(() => tf.sigmoid(classMaps(tf, attended, gate, gateBias)));
}

/**
 * Class-aware 1x1 convolution phi.
 *
 * @param features float32 [B,h,w,C]
 * @param weight float32 [1,1,C,K]
 * @param bias float32 [K], or null
 * @returns raw signed maps, float32 [B,h,w,K]
 */
export function classMaps(tf: Tf, features: Tensor4D, weight: Tensor4D, bias: Tensor | null): Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width, channels] = features.shape;
    const classes = weight.shape[3];
    const rows = tf.matMul(tf.reshape(features, [-1, channels]), tf.reshape(weight, [channels, classes]) as Tensor2D);
    return tf.reshape(bias ? tf.add(rows, bias) : rows, [batch, height, width, classes]);
  });
}

/** Global average pooling: float32 [B,h,w,K] -> [B,K]. */
export function averagePool(tf: Tf, maps: Tensor4D): Tensor2D {
  return tf.mean(maps, [1, 2]);
}
