import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor4D, Variable } from '@tensorflow/tfjs';
import { vgg16 } from '../../../electron/engine/learn/nets/backbones/vgg16.js';
import { constantParameters } from '../../../electron/engine/learn/nets/parameters.js';
import { convolution } from '../../../electron/engine/learn/ops/convolution.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { backboneOf } from '../../../electron/engine/learn/weights/mappings/index.js';
import { readWeights } from '../../../electron/engine/learn/weights/readers.js';
import { oihwToHwio } from '../../../electron/engine/learn/weights/tensors.js';
import { allclose, goldenAvailable, goldenFolder, readGolden, readGoldenJson } from '../../support/golden.js';
import { fromNchw, toNchw } from '../../support/tensors.js';

const vggWeights = resolve(goldenFolder, '../models/vgg16_imagenet/vgg16_features.safetensors');

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

describe.skipIf(!goldenAvailable || !existsSync(vggWeights))(
  'VGG-16 features (needs golden numbers and weights)',
  () => {
    it.each(['random64', 'photo96'])('%s', async (name) => {
      const golden = readGolden(`vgg16_d1_features__${name}`);
      const arrays = backboneOf(await readWeights(vggWeights));
      const weights = constantParameters(
        tf,
        new Map([...arrays].map(([key, array]) => [key.replace(/^backbone\./, ''), array])),
      );
      const input = fromNchw(tf, golden.float('input'));
      const features = vgg16.features(tf, input, weights);
      const actual = toNchw(tf, features);
      tf.dispose([input, features, Object.values(weights)]);
      const tolerance = readGoldenJson('vgg16_d1_features').suggested_tolerance;
      const { close, message } = allclose(actual, golden.float('features').data, tolerance);
      expect(close, message).toBe(true);
    });
  },
);

describe.skipIf(!goldenAvailable)('dilated convolution with bias and ReLU (needs the golden numbers)', () => {
  it('has the value and the gradients of a LargeFOV layer', () => {
    const golden = readGolden('deeplab_largefov__15x17');
    const weights = readGolden('deeplab_largefov__weights');
    const filterOf = (key: string): Variable => {
      const { data, shape } = oihwToHwio(weights.float(key));
      return tf.tidy(() => tf.variable(tf.tensor(data, shape)));
    };
    const bias = (key: string): Variable => tf.tidy(() => tf.variable(tf.tensor(weights.float(key).data)));
    const layers = ['fc6', 'fc7', 'score'].map((name) => [filterOf(`${name}.weight`), bias(`${name}.bias`)] as const);
    const input = tf.tidy(() => tf.variable(fromNchw(tf, golden.float('feature'))));
    const scoreGradient = fromNchw(tf, golden.float('grad.score'));
    const [fc6, fc7, score] = layers;
    const { value, grads } = tf.variableGrads(() => {
      const a = convolution(tf, input, fc6[0], fc6[1], { dilation: 12, activation: 'relu' });
      const b = convolution(tf, a, fc7[0], fc7[1], { activation: 'relu' });
      const c = convolution(tf, b, score[0], score[1]);
      const { close, message } = allclose(toNchw(tf, a), golden.float('fc6_out').data, { atol: 1e-4, rtol: 1e-4 });
      expect(close, message).toBe(true);
      // The sum of score times a constant has that constant as the gradient of score.
      return tf.sum(tf.mul(c, scoreGradient));
    });
    const check = (key: string, actual: ArrayLike<number>, expected: Float32Array): void => {
      const largest = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
      const { close, message } = allclose(actual, expected, { atol: 1e-4 * largest });
      expect(close, `${key}: ${message}`).toBe(true);
    };
    check('feature', toNchw(tf, grads[input.name] as Tensor4D), golden.float('grad.feature').data);
    ['fc6', 'fc7', 'score'].forEach((name, i) => {
      const [filter, offset] = layers[i];
      check(name, grads[filter.name].dataSync() as Float32Array, oihwToHwio(golden.float(`grad.${name}.weight`)).data);
      check(`${name} bias`, grads[offset.name].dataSync() as Float32Array, golden.float(`grad.${name}.bias`).data);
    });
    tf.dispose([value, scoreGradient, input, layers.flat(), Object.values(grads)]);
  });
});
