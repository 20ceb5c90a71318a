import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { headScores } from '../../../electron/engine/learn/segment/head.js';
import { enlarged, segmentationLoss } from '../../../electron/engine/learn/segment/loss.js';
import { polyRate } from '../../../electron/engine/learn/segment/step.js';
import { oihwToHwio, type NamedArray } from '../../../electron/engine/learn/weights/tensors.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../../support/golden.js';
import { fromNchw, toNchw } from '../../support/tensors.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const DILATION = 12;
const inOurLayout = (array: NamedArray): NamedArray => (array.shape.length === 4 ? oihwToHwio(array) : array);

describe.skipIf(!goldenAvailable)('DeepLab-LargeFOV (needs the golden numbers)', () => {
  it.each(['9x9', '15x17', '15x17_mcis_no_bias'])(
    'has the scores, the loss and the gradients of PyTorch: %s',
    (name) => {
      const golden = readGolden(`deeplab_largefov__${name}`);
      const numbers = readGoldenJson('deeplab_largefov');
      const { forward, gradients, loss: lossTolerance } = numbers.suggested_tolerance;
      const published = readGolden('deeplab_largefov__weights');
      const weights: Record<string, Variable> = {};
      for (const key of published.tensors.keys()) {
        if (name.endsWith('no_bias') && /^fc.*bias$/.test(key)) continue;
        const { data, shape } = inOurLayout(published.float(key));
        weights[key] = tf.tidy(() => tf.variable(tf.tensor(data, shape)));
      }
      const feature = tf.tidy(() => tf.variable(fromNchw(tf, golden.float('feature'))));
      const expectClose = (actual: ArrayLike<number>, key: string): void => {
        const { close, message } = allclose(actual, golden.float(key).data, forward);
        expect(close, `${key}: ${message}`).toBe(true);
      };
      const seen: Record<string, Float32Array> = {};
      const score = headScores(tf, weights, feature as Tensor4D, DILATION, (layer, x) => {
        seen[layer] = toNchw(tf, x);
        return x;
      });
      expectClose(seen.fc6, 'fc6_out');
      expectClose(seen.fc7, 'fc7_out');
      expectClose(toNchw(tf, score), 'score');
      const labels = golden.bytes('labels');
      const [height, width] = labels.shape.slice(1);
      expectClose(toNchw(tf, enlarged(tf, score, height, width)), 'upscore');
      if (golden.tensors.has('upscore_72')) expectClose(toNchw(tf, enlarged(tf, score, 72, 72)), 'upscore_72');

      const target = [{ labels: labels.data, weight: 1 }];
      const { value, grads } = tf.variableGrads(
        () => segmentationLoss(tf, headScores(tf, weights, feature as Tensor4D, DILATION), target, [height, width]),
        [feature, ...Object.values(weights)],
      );
      expect(Math.abs(value.dataSync()[0] - numbers[name].loss_float64)).toBeLessThan(lossTolerance);
      const expectGradient = (actual: ArrayLike<number>, key: string, wanted: NamedArray): void => {
        const largest = wanted.data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
        const { close, message } = allclose(actual, wanted.data, {
          atol: gradients.relative_to_largest_of_the_tensor * largest,
        });
        expect(close, `${key}: ${message}`).toBe(true);
      };
      expectGradient(toNchw(tf, grads[feature.name]), 'grad.feature', golden.float('grad.feature'));
      for (const [key, weight] of Object.entries(weights)) {
        expectGradient(grads[weight.name].dataSync(), key, inOurLayout(golden.float(`grad.${key}`)));
      }
      tf.dispose([value, score, feature, grads, Object.values(weights)] as Tensor[]);
    },
  );

  it('has the learning rates of the published schedule', () => {
    const { values, base_lr, max_iter, power } = readGoldenJson('deeplab_largefov').poly_lr;
    const settings = { iterations: max_iter, 'optimiser.rate': base_lr, 'optimiser.polyPower': power };
    for (const { iteration, lr } of values) expect(polyRate(settings, iteration)).toBeCloseTo(lr, 15);
  });
});
