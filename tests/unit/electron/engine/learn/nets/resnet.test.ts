import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bottleneck, resnet101, resnet50 } from '../../../../../../electron/engine/learn/nets/backbones/resnet.js';
import { constantParameters, type ParameterSpecs } from '../../../../../../electron/engine/learn/nets/parameters.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { sizeOf, type NamedArrays } from '../../../../../../electron/engine/learn/weights/tensors.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** Weights of the deviation they would start with, drawn by a generator that is quick enough for millions of them. */
function quickWeights(specs: ParameterSpecs): Record<string, Tensor> {
  let state = 1;
  const arrays: NamedArrays = new Map();
  for (const [name, { shape, init }] of specs) {
    const data = new Float32Array(sizeOf(shape));
    if (init.kind === 'constant') data.fill(init.value);
    if (init.kind === 'normal') {
      for (let i = 0; i < data.length; i++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        data[i] = (init.std * Math.sqrt(3) * state) / 2 ** 31;
      }
    }
    arrays.set(name, { shape, data });
  }
  return constantParameters(tf, arrays);
}

describe('ResNet backbone', () => {
  it.each([
    [64, 48],
    [37, 51],
  ])('turns photos of %ix%i into features of an eighth, not negative, and leaves no tensor behind', (height, width) => {
    const weights = quickWeights(resnet50.parameters(0));
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const features = resnet50.features(tf, tf.randomNormal([2, height, width, 3], 0, 1, 'float32', 2), weights);
      expect(features.shape).toEqual([2, Math.ceil(height / 8), Math.ceil(width / 8), resnet50.channels]);
      expect(tf.min(features).dataSync()[0]).toBeGreaterThanOrEqual(0);
      expect(tf.max(features).dataSync()[0]).toBeGreaterThan(0);
    });
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(weights);
  });

  it.each([8, 9])('halves a side of %i where PyTorch does: the kernel is centred on every other pixel', (side) => {
    const specs = resnet50.parameters(0);
    const weights = quickWeights(new Map([...specs].filter(([name]) => name.startsWith('layer2.0.'))));
    tf.tidy(() => {
      const x = tf.randomNormal([1, side, side, 256], 0, 1, 'float32', 3) as Tensor4D;
      const actual = bottleneck(tf, x, weights, { name: 'layer2.0', stride: 2, dilation: 1 });
      // First norms are the identity but for epsilon, which is smaller than what is compared.
      const kernel = (name: string): Tensor4D => weights[`layer2.0.${name}.weight`] as Tensor4D;
      const inner = tf.pad4d(tf.relu(tf.conv2d(x, kernel('conv1'), 1, 'valid')), [[0, 0], [1, 1], [1, 1], [0, 0]]); // prettier-ignore
      const middle = tf.relu(tf.conv2d(inner, kernel('conv2'), 2, 'valid'));
      const shortcut = tf.conv2d(x, kernel('downsample.0'), 2, 'valid');
      const expected = tf.relu(tf.add(tf.conv2d(middle, kernel('conv3'), 1, 'valid'), shortcut));
      expect(actual.shape).toEqual(expected.shape);
      const { close, message } = allclose(actual.dataSync(), expected.dataSync(), { atol: 1e-3, rtol: 1e-3 });
      expect(close, message).toBe(true);
    });
    tf.dispose(weights);
  });

  it('has the weights of the published nets', () => {
    const count = (specs: ParameterSpecs): number =>
      [...specs.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    // Of 25,557,032 and 44,549,160 the dense layer has 2,049,000; running statistics come on top, two for each norm.
    const statistics = (specs: ParameterSpecs): number =>
      [...specs].reduce((sum, [name, { shape }]) => sum + (name.includes('.moving_') ? shape[0] : 0), 0);
    for (const [net, published] of [
      [resnet50, 25_557_032],
      [resnet101, 44_549_160],
    ] as const) {
      // prettier-ignore
      const specs = net.parameters(0);
      expect(count(specs) - statistics(specs)).toBe(published - 2_049_000);
    }
  });

  it('freezes the stages asked for, and norms always', () => {
    const groups = (frozen: number): Record<string, string> =>
      Object.fromEntries([...resnet50.parameters(frozen)].map(([name, { group }]) => [name, group]));
    expect(groups(2)).toMatchObject({
      'conv1.weight': 'frozen',
      'layer1.2.conv3.weight': 'frozen',
      'layer2.0.conv1.weight': 'backbone',
      'layer2.0.bn1.gamma': 'frozen',
    });
    expect(groups(0)['conv1.weight']).toBe('backbone');
  });
});
