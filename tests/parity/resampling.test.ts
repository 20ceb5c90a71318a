import { describe, expect, it } from 'vitest';
import { resizeCubicBytes, resizeCubicFloat } from '../../electron/engine/images/index.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../support/golden.js';

const info = goldenAvailable ? readGoldenJson('aggregate') : { cases: {}, suggested_tolerance: {} };

describe.skipIf(!goldenAvailable)('cubic resampling (needs the golden numbers)', () => {
  it.each([
    ['in_24', 'out_24_to_32'],
    ['in_64', 'out_64_to_32'],
    ['in_16', 'out_16_to_32'],
    ['in_6x9', 'out_6x9_to_11x7'],
  ])('of floats equals PyTorch: %s to %s', (input, output) => {
    const golden = readGolden('aggregate__torch_bicubic');
    const [from, to] = [golden.float(input), golden.float(output)];
    const [, channels, height, width] = from.shape;
    const [, , toHeight, toWidth] = to.shape;
    for (let c = 0; c < channels; c++) {
      const data = from.data.subarray(c * height * width, (c + 1) * height * width);
      const expected = to.data.subarray(c * toHeight * toWidth, (c + 1) * toHeight * toWidth);
      const actual = resizeCubicFloat({ width, height, data }, toWidth, toHeight);
      const { close, message } = allclose(actual.data, expected, info.suggested_tolerance.torch_bicubic);
      expect(close, message).toBe(true);
    }
  });

  it.each(Object.keys(info.cases))('of bytes equals OpenCV: %s', (name) => {
    const golden = readGolden(`aggregate__${name}`);
    const { shape, data } = golden.bytes('aggregated');
    const outputs = [...golden.tensors.keys()].filter((key) => key.startsWith('resized_'));
    expect(outputs.length).toBeGreaterThan(0);
    for (const key of outputs) {
      const expected = golden.bytes(key);
      const [height, width] = expected.shape;
      const actual = resizeCubicBytes({ width: shape[1], height: shape[0], data }, width, height);
      const tolerance = { atol: info.suggested_tolerance.resized_uint8 };
      const { close, message } = allclose(actual.data, expected.data, tolerance);
      expect(close, `${key}: ${message}`).toBe(true);
    }
  });
});
