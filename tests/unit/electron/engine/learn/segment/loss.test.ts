import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { segmentationLoss, type Target } from '../../../../../../electron/engine/learn/segment/loss.js';
import { random } from '../../../../../../electron/engine/learn/random.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const [H, W, LABELS] = [3, 4, 5];

/** The loss pixel by pixel, in double precision. */
function plainLoss(scores: Float32Array, targets: readonly Target[]): number {
  const each = targets.map(({ labels, weight }, image) => {
    const losses = [...labels].flatMap((label, pixel) => {
      if (label === 255) return [];
      const from = (image * H * W + pixel) * LABELS;
      const own = scores.subarray(from, from + LABELS);
      return [Math.log(own.reduce((sum, score) => sum + Math.exp(score), 0)) - own[label]];
    });
    return (weight * losses.reduce((sum, loss) => sum + loss, 0)) / Math.max(1, losses.length);
  });
  return each.reduce((sum, loss) => sum + loss, 0) / targets.length;
}

describe('the loss of a batch', () => {
  const rng = random(7, 'loss');
  const scores = Float32Array.from({ length: 2 * H * W * LABELS }, () => 4 * rng() - 2);
  const labels = (): Uint8Array => Uint8Array.from({ length: H * W }, () => [0, 1, 2, 4, 255][Math.floor(rng() * 5)]);
  const loss = (targets: readonly Target[]): { value: number; gradient: Float32Array } => {
    const x = tf.tensor4d(scores, [2, H, W, LABELS]);
    const { value, grad } = tf.valueAndGrad((t: Tensor) => segmentationLoss(tf, t as never, targets, [H, W]))(x);
    const result = { value: value.dataSync()[0], gradient: grad.dataSync() as Float32Array };
    tf.dispose([x, value, grad]);
    return result;
  };

  it('is the mean over images of the mean over valid pixels, times what each image counts', () => {
    const targets = [1, 0.25].map((weight) => ({ labels: labels(), weight }));
    expect(loss(targets).value).toBeCloseTo(plainLoss(scores, targets), 5);
  });

  it('leaves ignored pixels and images without any other out of the gradient', () => {
    const ignored = { labels: new Uint8Array(H * W).fill(255), weight: 1 };
    const own = { labels: labels(), weight: 1 };
    own.labels[0] = 255;
    const { value, gradient } = loss([ignored, own]);
    expect(value).toBeCloseTo(plainLoss(scores, [ignored, own]), 5);
    expect(gradient.subarray(0, (H * W + 1) * LABELS).every((part) => part === 0)).toBe(true);
    expect(loss([ignored, ignored])).toEqual({ value: 0, gradient: new Float32Array(gradient.length) });
  });

  it('leaves no tensor behind', () => {
    const targets = [1, 1].map((weight) => ({ labels: labels(), weight }));
    loss(targets);
    const before = tf.memory().numTensors;
    loss(targets);
    expect(tf.memory().numTensors).toBe(before);
  });
});
