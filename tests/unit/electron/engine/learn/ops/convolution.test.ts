import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolution, type ConvolutionOptions } from '../../../../../../electron/engine/learn/ops/convolution.js';
import {
  composedGradients,
  convolutionGradients,
  nativeGradients,
} from '../../../../../../electron/engine/learn/ops/convolution-gradients.js';
import { depthwiseConvolution } from '../../../../../../electron/engine/learn/ops/depthwise.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { allclose } from '../../../../../support/golden.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

interface Image {
  height: number;
  width: number;
  channels: number;
  data: ArrayLike<number>;
}

/**
 * Convolution by its definition, one image. `depthwise`: each channel with its own kernel. Padding as TensorFlow's SAME:
 * what is left over goes to the right and the bottom.
 */
function naive(
  { height, width, channels, data }: Image,
  kernel: ArrayLike<number>,
  to: number,
  { stride = 1, dilation = 1, depthwise = false }: { stride?: number; dilation?: number; depthwise?: boolean },
): Float64Array {
  const reach = 2 * dilation + 1;
  const sizes = [height, width].map((size) => Math.ceil(size / stride));
  const before = [height, width].map((size, i) => Math.max(0, (sizes[i] - 1) * stride + reach - size) >> 1);
  const out = new Float64Array(sizes[0] * sizes[1] * to);
  for (let y = 0; y < sizes[0]; y++)
    for (let x = 0; x < sizes[1]; x++)
      for (let ky = 0; ky < 3; ky++)
        for (let kx = 0; kx < 3; kx++) {
          const iy = y * stride - before[0] + ky * dilation;
          const ix = x * stride - before[1] + kx * dilation;
          if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
          for (let c = 0; c < channels; c++)
            for (let d = 0; d < to; d++) {
              if (depthwise && d !== c) continue;
              const k = depthwise ? (ky * 3 + kx) * channels + c : ((ky * 3 + kx) * channels + c) * to + d;
              out[(y * sizes[1] + x) * to + d] += data[(iy * width + ix) * channels + c] * kernel[k];
            }
        }
  return out;
}

const [HEIGHT, WIDTH, CHANNELS, TO] = [9, 7, 3, 4];

describe.each<ConvolutionOptions>([
  {},
  { dilation: 2 },
  { dilation: 4 },
  { stride: 2 },
  { dilation: 2, activation: 'relu' },
  { activation: 'relu6' },
])('convolution %j', (options) => {
  const inputs = (): [Tensor4D, Tensor4D, Tensor] => [
    tf.randomNormal([1, HEIGHT, WIDTH, CHANNELS], 0, 2, 'float32', 1),
    tf.randomNormal([3, 3, CHANNELS, TO], 0, 1, 'float32', 2),
    tf.randomNormal([TO], 0, 1, 'float32', 3),
  ];

  it('is the sum that defines it', () => {
    tf.tidy(() => {
      const [x, filter, bias] = inputs();
      const plain = naive(
        { height: HEIGHT, width: WIDTH, channels: CHANNELS, data: x.dataSync() },
        filter.dataSync(),
        TO,
        options,
      );
      const b = bias.dataSync();
      const limit = options.activation === 'relu6' ? 6 : Infinity;
      const expected = plain.map((value, i) => {
        const raw = value + b[i % TO];
        return options.activation ? Math.min(limit, Math.max(0, raw)) : raw;
      });
      const { close, message } = allclose(convolution(tf, x, filter, bias, options).dataSync(), expected, {
        atol: 1e-4,
      });
      expect(close, message).toBe(true);
      return undefined as unknown as Tensor;
    });
  });

  it('has the gradients that finite differences show, and leaves no tensor behind', () => {
    const [x, filter, bias] = inputs();
    const parts = [x, filter, bias];
    const before = tf.memory().numTensors;
    // A fixed random weight on each output makes the sum sensitive to every position.
    const f = (a: Tensor, k: Tensor, b: Tensor): Tensor => {
      const y = convolution(tf, a, k, b, options);
      return tf.sum(tf.mul(y, tf.randomUniform(y.shape, 0.5, 1.5, 'float32', 9)));
    };
    const gradients = tf.grads(f as (...tensors: Tensor[]) => any)(parts);
    const STEP = 2e-3;
    parts.forEach((part, index) => {
      const values = part.dataSync();
      const gradient = gradients[index].dataSync();
      for (const at of [0, values.length >> 1, values.length - 1]) {
        const shifted = (by: number): number =>
          tf.tidy(() => {
            const moved = Float32Array.from(values, (value, i) => (i === at ? value + by : value));
            const changed = parts.map((other, i) => (i === index ? tf.tensor(moved, part.shape) : other));
            return f(changed[0], changed[1], changed[2]).dataSync()[0];
          });
        const slope = (shifted(STEP) - shifted(-STEP)) / (2 * STEP);
        expect(Math.abs(gradient[at] - slope)).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)) + 0.05);
      }
    });
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(parts);
  });
});

describe.each([
  [9, 7, 1, 1],
  [8, 8, 2, 1],
  [9, 7, 1, 2],
  [9, 7, 1, 3],
  [12, 8, 1, 4],
])('composed gradients of a convolution, %i x %i, stride %i, dilation %i', (height, width, stride, dilation) => {
  it('are those of the definition', () => {
    tf.tidy(() => {
      const x = tf.randomNormal([2, height, width, CHANNELS], 0, 1, 'float32', 1);
      const filter = tf.randomNormal([3, 3, CHANNELS, TO], 0, 1, 'float32', 2) as Tensor4D;
      const dy = tf.randomNormal([2, Math.ceil(height / stride), Math.ceil(width / stride), TO], 0, 1, 'float32', 3);
      const composed = composedGradients(tf);
      const step = { stride, dilation };
      // A dilated filter is a larger one with zeros between, whose gradients every device has.
      const reach = 2 * dilation + 1;
      const spread = tf.tidy(() => {
        const rows = Array.from({ length: reach }, (_, y) =>
          Array.from({ length: reach }, (_, c) =>
            y % dilation || c % dilation
              ? tf.zeros([1, 1, CHANNELS, TO])
              : tf.slice(filter, [y / dilation, c / dilation, 0, 0], [1, 1, CHANNELS, TO]),
          ),
        );
        return tf.concat(
          rows.map((row) => tf.concat(row, 1)),
          0,
        );
      });
      const whole = nativeGradients(tf);
      const plain = { stride, dilation: 1 };
      const ofInput = allclose(
        composed.ofInput(x.shape, filter, dy, step).dataSync(),
        whole.ofInput(x.shape, spread, dy, plain).dataSync(),
        { atol: 1e-4 },
      );
      expect(ofInput.close, ofInput.message).toBe(true);
      const ofSpread = whole.ofFilter(x, [reach, reach, CHANNELS, TO], dy, plain) as Tensor4D;
      const expected = tf.stridedSlice(ofSpread, [0, 0, 0, 0], ofSpread.shape, [dilation, dilation, 1, 1]);
      const ofFilter = allclose(composed.ofFilter(x, filter.shape, dy, step).dataSync(), expected.dataSync(), {
        atol: 1e-4,
      });
      expect(ofFilter.close, ofFilter.message).toBe(true);
      return undefined as unknown as Tensor;
    });
  });
});

it('asks the device once which gradients it takes, and leaves no tensor behind', () => {
  const first = convolutionGradients(tf);
  const before = tf.memory().numTensors;
  expect(convolutionGradients(tf)).toBe(first);
  expect(tf.memory().numTensors).toBe(before);
});

describe.each([{ dilation: 1 }, { stride: 2 }, { dilation: 2 }, { dilation: 4 }])(
  'depthwise convolution %j',
  (options) => {
    it('is the sum that defines it', () => {
      tf.tidy(() => {
        const x = tf.randomNormal([1, HEIGHT, WIDTH, CHANNELS], 0, 1, 'float32', 4) as Tensor4D;
        const filter = tf.randomNormal([3, 3, CHANNELS, 1], 0, 1, 'float32', 5);
        const image = { height: HEIGHT, width: WIDTH, channels: CHANNELS, data: x.dataSync() };
        const expected = naive(image, filter.dataSync(), CHANNELS, { ...options, depthwise: true });
        const actual = depthwiseConvolution(tf, x, filter, options);
        const { close, message } = allclose(actual.dataSync(), expected, { atol: 1e-5 });
        expect(close, message).toBe(true);
        return undefined as unknown as Tensor;
      });
    });

    it('has gradients', () => {
      tf.tidy(() => {
        const x = tf.randomNormal([1, 8, 8, 2], 0, 1, 'float32', 6) as Tensor4D;
        const filter = tf.randomNormal([3, 3, 2, 1], 0, 1, 'float32', 7);
        const [dx, dFilter] = tf.grads((a, k) => tf.sum(depthwiseConvolution(tf, a as Tensor4D, k, options)))([
          x,
          filter,
        ]);
        expect(dx.shape).toEqual(x.shape);
        expect([...dFilter.dataSync()].some((value) => value !== 0)).toBe(true);
        return undefined as unknown as Tensor;
      });
    });
  },
);

it('refuses a dilated depthwise convolution with a stride', () => {
  const call = (): unknown =>
    depthwiseConvolution(tf, tf.zeros([1, 4, 4, 1]), tf.zeros([3, 3, 1, 1]), { stride: 2, dilation: 2 });
  expect(() => tf.tidy(() => void call())).toThrow(RangeError);
});
