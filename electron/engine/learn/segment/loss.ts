import type { GradSaveFunc, Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs';
import { IGNORE } from '../../../../shared/types.js';
import { nativeBackend, typeAttribute } from '../ops/native.js';
import type { Tf } from '../runtime/tensorflow.js';

/** A label map to learn from, and what its image counts. */
export interface Target {
  /** uint8 [height, width]: 0 background, class + 1, 255 ignore. */
  labels: Uint8Array;
  /** 1 for an image like any other. */
  weight: number;
}

/**
 * What each pixel's loss counts: an image's weight over its valid pixels and over the images, so that the loss is the mean
 * over images of the mean over valid pixels. An image without a valid pixel counts nothing (Caffe's rule: the divisor is at
 * least 1).
 */
export function pixelWeights(targets: readonly Target[]): { labels: Int32Array; weights: Float32Array } {
  const pixels = targets[0].labels.length;
  const labels = new Int32Array(targets.length * pixels);
  const weights = new Float32Array(targets.length * pixels);
  targets.forEach(({ labels: own, weight }, image) => {
    const from = image * pixels;
    const valid = own.reduce((count, label) => count + Number(label !== IGNORE), 0);
    const each = weight / (Math.max(1, valid) * targets.length);
    own.forEach((label, pixel) => {
      if (label === IGNORE) return;
      labels[from + pixel] = label;
      weights[from + pixel] = each;
    });
  });
  return { labels, weights };
}

/**
 * Sum of softmax cross-entropies times `weights`, with TensorFlow's operation that gives the loss and its gradient at once:
 * scores of a whole photo are large, and taken apart they would be held many times.
 *
 * @param scores float32 [N,labels]
 * @param labels int32 [N], each below the number of labels
 * @param weights float32 [N]
 */
export function weightedCrossEntropy(tf: Tf, scores: Tensor, labels: Tensor, weights: Tensor): Scalar {
  const loss = tf.customGrad((...args) => {
    const [given, save] = args as unknown as [Tensor, GradSaveFunc];
    const backend = nativeBackend(tf);
    const { TF_ATTR_TYPE, TF_INT32 } = backend.binding;
    const attributes = [typeAttribute(backend), { name: 'Tlabels', type: TF_ATTR_TYPE, value: TF_INT32 }];
    const operation = 'SparseSoftmaxCrossEntropyWithLogits';
    const [losses, gradient] = backend.executeMultipleOutputs(operation, attributes, [given, labels], 2);
    save([gradient, weights]);
    return {
      value: tf.sum(tf.mul(losses, weights)),
      gradFunc: (dy, saved) => {
        const [own, counts] = saved as Tensor[];
        return tf.mul(own, tf.mul(tf.expandDims(counts, 1), dy as Tensor));
      },
    };
  });
  return loss(scores) as Scalar;
}

/**
 * Scores at the size of the photo: bilinear, the corners of both on each other, as Caffe's `Interp` has it.
 *
 * @param scores float32 [B,h,w,labels]
 * @returns float32 [B,height,width,labels]
 */
export const enlarged = (tf: Tf, scores: Tensor4D, height: number, width: number): Tensor4D =>
  tf.image.resizeBilinear(scores, [height, width], true);

/**
 * Loss of a batch of photos: softmax cross-entropy of the enlarged scores.
 *
 * @param scores float32 [B,h,w,labels]
 * @param targets one for each photo, of [height, width]
 */
export function segmentationLoss(
  tf: Tf,
  scores: Tensor4D,
  targets: readonly Target[],
  [height, width]: readonly [height: number, width: number],
): Scalar {
  const { labels, weights } = pixelWeights(targets);
  return tf.tidy(() => {
    const pixels = tf.reshape(enlarged(tf, scores, height, width), [-1, scores.shape[3]]);
    return weightedCrossEntropy(tf, pixels, tf.tensor1d(labels, 'int32'), tf.tensor1d(weights));
  });
}
