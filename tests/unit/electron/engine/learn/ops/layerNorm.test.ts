import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { normalisedConvolution, normalisedRelu } from '../../../../../../electron/engine/learn/ops/layerNorm.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** The same out of parts whose gradients the library knows. */
const byParts = (x: Tensor, bias: Tensor): Tensor => {
  const { mean, variance } = tf.moments(x, [1, 2, 3], true);
  return tf.relu(tf.add(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), bias));
};

it('gives each image mean 0 and variance 1 before bias and ReLU', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const x = tf.add(tf.mul(tf.randomNormal([3, 5, 4, 6], 0, 1, 'float32', 1), 3), 2) as Tensor4D;
    // A bias beyond all values switches the ReLU off.
    const { mean, variance } = tf.moments(normalisedRelu(tf, x, tf.fill([6], 10)), [1, 2, 3]);
    expect(allclose(mean.dataSync(), [10, 10, 10], { atol: 1e-5 }).close).toBe(true);
    expect(allclose(variance.dataSync(), [1, 1, 1], { atol: 1e-4 }).close).toBe(true);
    return undefined as unknown as Tensor;
  });
  expect(tf.memory().numTensors).toBe(before);
});

it('has the values and the gradients of the chain rule', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const x = tf.add(tf.mul(tf.randomNormal([3, 5, 4, 6], 0, 1, 'float32', 1), 3), 2) as Tensor4D;
    const bias = tf.randomNormal([6], 0, 1, 'float32', 2) as Tensor1D;
    const dy = tf.randomNormal([3, 5, 4, 6], 0, 1, 'float32', 3);
    const own = (a: Tensor, b: Tensor): Tensor => normalisedRelu(tf, a as Tensor4D, b);
    expect(allclose(own(x, bias).dataSync(), byParts(x, bias).dataSync(), { atol: 1e-5 }).close).toBe(true);
    const expected = tf.grads(byParts)([x, bias], dy);
    tf.grads(own)([x, bias], dy).forEach((gradient, i) => {
      const { close, message } = allclose(gradient.dataSync(), expected[i].dataSync(), { atol: 1e-5 });
      expect(close, message).toBe(true);
    });
    return undefined as unknown as Tensor;
  });
  expect(tf.memory().numTensors).toBe(before);
});

it('turns an image of one colour into its bias, and its gradient into numbers', () => {
  tf.tidy(() => {
    const x = tf.fill([1, 2, 2, 1], 7) as Tensor4D;
    expect([...normalisedRelu(tf, x, tf.tensor1d([0.5])).dataSync()]).toEqual([0.5, 0.5, 0.5, 0.5]);
    const gradient = tf
      .grad((t) => normalisedRelu(tf, t as Tensor4D, tf.tensor1d([0.5])))(x)
      .dataSync();
    expect([...gradient].every(Number.isFinite)).toBe(true);
    return undefined as unknown as Tensor;
  });
});

it('halves the size at stride 2', () => {
  tf.tidy(() => {
    const x = tf.randomNormal([2, 8, 6, 3], 0, 1, 'float32', 1);
    const filter = tf.randomNormal([4, 4, 3, 5], 0, 1, 'float32', 2);
    expect(normalisedConvolution(tf, x, filter, tf.zeros([5]), { stride: 2 }).shape).toEqual([2, 4, 3, 5]);
    return undefined as unknown as Tensor;
  });
});
