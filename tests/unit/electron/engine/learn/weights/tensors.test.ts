import { describe, expect, it } from 'vitest';
import { oihwToHwio, permute, transposed } from '../../../../../../electron/engine/learn/weights/tensors.js';

const counted = (shape: number[]): { shape: number[]; data: Float32Array } => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

describe('layouts of weights', () => {
  it('turns [out,in,h,w] into [h,w,in,out]', () => {
    const [out, inputs, height, width] = [2, 3, 4, 5];
    const from = counted([out, inputs, height, width]);
    const to = oihwToHwio(from);
    expect(to.shape).toEqual([height, width, inputs, out]);
    for (let o = 0; o < out; o++)
      for (let i = 0; i < inputs; i++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            expect(to.data[((y * width + x) * inputs + i) * out + o]).toBe(
              from.data[((o * inputs + i) * height + y) * width + x],
            );
  });

  it('exchanges the rows and columns of a matrix', () => {
    expect(transposed(counted([2, 3]))).toEqual({ shape: [3, 2], data: Float32Array.of(0, 3, 1, 4, 2, 5) });
  });

  it('leaves scalars and empty arrays what they are', () => {
    expect(permute(counted([]), [])).toEqual(counted([]));
    expect(permute(counted([0, 3]), [1, 0])).toEqual({ shape: [3, 0], data: new Float32Array() });
  });
});
