import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { biasedConvolution, composedBias } from '../../../../../../electron/engine/learn/ops/biased-convolution.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

describe.each([
  { stride: 1, dilation: 1, reach: 3 },
  { stride: 2, dilation: 1, reach: 3 },
  { stride: 1, dilation: 4, reach: 3 },
  { stride: 1, dilation: 1, reach: 1 },
  { stride: 2, dilation: 1, reach: 7 },
])('a convolution with its bias, $reach wide, stride $stride, dilation $dilation', ({ stride, dilation, reach }) => {
  it.each([
    [1, 3, 4],
    [2, 16, 24],
  ])(
    'of %i images with %i channels is what the two operations give, and no other tensor is left',
    (batch, from, to) => {
      const [x, filter, bias] = [[batch, 21, 17, from], [reach, reach, from, to], [to]].map((shape, seed) => tf.randomNormal(shape, 0, 1, 'float32', seed + 1)); // prettier-ignore
      const before = tf.memory().numTensors;
      const results = [biasedConvolution(tf), composedBias(tf)].map((of) => of(x, filter, bias, { stride, dilation }));
      expect(tf.memory().numTensors).toBe(before + 2);
      expect(results[0].shape).toEqual(results[1].shape);
      const [found, expected] = results.map((result: Tensor) => result.dataSync());
      const { close, message } = allclose(found, expected, { atol: 1e-4 });
      expect(close, message).toBe(true);
      // The same twice, to the bit.
      const again = biasedConvolution(tf)(x, filter, bias, { stride, dilation });
      expect(Buffer.from(again.dataSync().buffer).equals(Buffer.from(found.buffer))).toBe(true);
      tf.dispose([x, filter, bias, again, ...results]);
    },
  );
});

it('is chosen once a device, and leaves no tensor behind', () => {
  const first = biasedConvolution(tf);
  const before = tf.memory().numTensors;
  expect(biasedConvolution(tf)).toBe(first);
  expect(tf.memory().numTensors).toBe(before);
});
