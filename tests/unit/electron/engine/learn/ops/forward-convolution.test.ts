import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { takesDilations } from '../../../../../../electron/engine/learn/ops/convolution-gradients.js';
import {
  biasedForward,
  composedForward,
  forwardConvolution,
  type Layer,
} from '../../../../../../electron/engine/learn/ops/forward-convolution.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

describe.each<Layer & { reach: number }>([
  { stride: 1, dilation: 1, reach: 3, activation: 'relu' },
  { stride: 2, dilation: 1, reach: 3, activation: 'relu6' },
  { stride: 1, dilation: 4, reach: 3, activation: 'relu' },
  { stride: 1, dilation: 1, reach: 1, activation: 'linear' },
  { stride: 2, dilation: 1, reach: 7, activation: 'relu' },
])('a convolution $reach wide, stride $stride, dilation $dilation, $activation', ({ reach, ...layer }) => {
  it.each([
    [1, 3, 4],
    [2, 16, 24],
  ])(
    'of %i images with %i channels is what the three operations give, and no other tensor is left',
    (batch, from, to) => {
      const [x, filter, bias] = [[batch, 21, 17, from], [reach, reach, from, to], [to]].map((shape, seed) => tf.randomNormal(shape, 0, 1, 'float32', seed + 1)); // prettier-ignore
      // Whichever of oneDNN's kernels the binding and the processor offer; the one in between as well.
      const ways = [composedForward(tf), forwardConvolution(tf), ...(takesDilations(tf) ? [biasedForward(tf)] : [])];
      const before = tf.memory().numTensors;
      const results = ways.map((forward) => forward(x, filter, bias, layer));
      expect(tf.memory().numTensors).toBe(before + results.length);
      const [expected, ...others] = results.map((result: Tensor) => result.dataSync());
      for (const [i, found] of others.entries()) {
        expect(results[i + 1].shape).toEqual(results[0].shape);
        const { close, message } = allclose(found, expected, { atol: 1e-4 });
        expect(close, message).toBe(true);
      }
      // The same twice, to the bit.
      const again = forwardConvolution(tf)(x, filter, bias, layer);
      expect(Buffer.from(again.dataSync().buffer).equals(Buffer.from(others[0].buffer))).toBe(true);
      tf.dispose([x, filter, bias, again, ...results]);
    },
  );
});

it('is chosen once a device, and leaves no tensor behind', () => {
  const first = forwardConvolution(tf);
  const before = tf.memory().numTensors;
  expect(forwardConvolution(tf)).toBe(first);
  expect(tf.memory().numTensors).toBe(before);
});
