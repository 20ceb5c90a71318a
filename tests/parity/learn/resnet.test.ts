import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bottleneck } from '../../../electron/engine/learn/nets/backbones/resnet.js';
import { loadTensorflow } from '../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../electron/engine/learn/runtime/tensorflow.js';
import { torchvisionResnet } from '../../../electron/engine/learn/weights/mappings/torchvisionResnet.js';
import { oihwToHwio } from '../../../electron/engine/learn/weights/tensors.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../../support/golden.js';
import { fromNchw, toNchw } from '../../support/tensors.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

/** Tensors of a golden file that are weights of the block, under the names they would have in a whole net. */
const LAYER = /^(conv|bn)\d\.|^downsample\./;

describe.skipIf(!goldenAvailable)('ResNet bottleneck (needs the golden numbers)', () => {
  it.each(['identity', 'projection'])('has the value and the gradients of torchvision: %s shortcut', (shortcut) => {
    const golden = readGolden(`resnet101_block__dilation2_${shortcut}`);
    const tolerance = readGoldenJson('resnet101_block').suggested_tolerance;
    const expectClose = (actual: ArrayLike<number>, name: string, expected = golden.float(name).data): void => {
      const { close, message } = allclose(actual, expected, tolerance);
      expect(close, `${name}: ${message}`).toBe(true);
    };
    const given = [...golden.tensors.keys()].filter((name) => LAYER.test(name));
    const ours = torchvisionResnet.map(new Map(given.map((name) => [`layer1.0.${name}`, golden.float(name)])));
    const weights: Record<string, Variable> = {};
    for (const [name, { data, shape }] of ours) {
      weights[name.replace('backbone.layer1.0', 'block')] = tf.tidy(() => tf.variable(tf.tensor(data, shape)));
    }
    const input = tf.tidy(() => tf.variable(fromNchw(tf, golden.float('input'))));
    const gradient = fromNchw(tf, golden.float('grad_output'));
    const block = (): Tensor4D => bottleneck(tf, input as Tensor4D, weights, { name: 'block', stride: 1, dilation: 2 });

    const output = block();
    expectClose(toNchw(tf, output), 'output');
    const kernels = Object.keys(weights).filter((name) => name.endsWith('.weight'));
    const { value, grads } = tf.variableGrads(
      () => tf.sum(tf.mul(block(), gradient)),
      [input, ...kernels.map((name) => weights[name])],
    );
    expectClose(toNchw(tf, grads[input.name] as Tensor4D), 'grad_input');
    for (const name of kernels) {
      const published = name.replace('block', 'grad');
      expectClose(
        grads[weights[name].name].dataSync() as Float32Array,
        published,
        oihwToHwio(golden.float(published)).data,
      );
    }
    tf.dispose([value, output, gradient, input, grads, Object.values(weights)] as Tensor[]);
  });
});
