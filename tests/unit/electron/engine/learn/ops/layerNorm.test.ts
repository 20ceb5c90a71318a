import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { layerNorm } from '../../../../../../electron/engine/learn/ops/layerNorm.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** The same out of parts whose gradients the library knows. */
const byParts = (x: Tensor4D): Tensor => {
  const { mean, variance } = tf.moments(x, [1, 2, 3], true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
};

it('gives each image mean 0 and variance 1, and the gradient of the chain rule', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const x = tf.add(tf.mul(tf.randomNormal([3, 5, 4, 6], 0, 1, 'float32', 1), 3), 2) as Tensor4D;
    const dy = tf.randomNormal([3, 5, 4, 6], 0, 1, 'float32', 2);
    const y = layerNorm(tf, x);
    const { mean, variance } = tf.moments(y, [1, 2, 3]);
    expect(allclose(mean.dataSync(), [0, 0, 0], { atol: 1e-5 }).close).toBe(true);
    expect(allclose(variance.dataSync(), [1, 1, 1], { atol: 1e-4 }).close).toBe(true);
    expect(allclose(y.dataSync(), byParts(x).dataSync(), { atol: 1e-5 }).close).toBe(true);
    const gradient = tf
      .grad((t) => layerNorm(tf, t as Tensor4D))(x, dy)
      .dataSync();
    const { close, message } = allclose(
      gradient,
      tf
        .grad((t) => byParts(t as Tensor4D))(x, dy)
        .dataSync(),
      {
        atol: 1e-5,
      },
    );
    expect(close, message).toBe(true);
    return undefined as unknown as Tensor;
  });
  expect(tf.memory().numTensors).toBe(before);
});

it('turns an image of one colour into zeros, and its gradient into numbers', () => {
  tf.tidy(() => {
    const x = tf.fill([1, 2, 2, 1], 7) as Tensor4D;
    expect([...layerNorm(tf, x).dataSync()]).toEqual([0, 0, 0, 0]);
    const gradient = tf
      .grad((t) => layerNorm(tf, t as Tensor4D))(x)
      .dataSync();
    expect([...gradient].every(Number.isFinite)).toBe(true);
    return undefined as unknown as Tensor;
  });
});
