import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizeCubicBytes, resizeCubicFloat } from '../../../../../electron/engine/images/index.js';
import { byteImages, floatMaps } from './arbitraries.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));

describe('cubic resizing', () => {
  it('to the same size is the identity', () => {
    fc.assert(
      fc.property(byteImages(), floatMaps(), (bytes, floats) => {
        expect(resizeCubicBytes(bytes, bytes.width, bytes.height)).toEqual(bytes);
        const { data } = resizeCubicFloat(floats, floats.width, floats.height);
        data.forEach((value, i) => expect(value).toBeCloseTo(floats.data[i], 6));
      }),
      { seed: 51, numRuns: 50 },
    );
  });

  it('keeps an even map even', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 0, max: 255 }), ([fromW, fromH], [width, height], value) => {
        const even = { width: fromW, height: fromH, data: new Uint8Array(fromW * fromH).fill(value) };
        expect(resizeCubicBytes(even, width, height).data).toEqual(new Uint8Array(width * height).fill(value));
      }),
      { seed: 52, numRuns: 50 },
    );
  });

  it('overshoots in floats, and is clipped in bytes', () => {
    const step = [0, 0, 255, 255];
    const floats = resizeCubicFloat({ width: 4, height: 1, data: Float32Array.from(step) }, 16, 1).data;
    expect(Math.min(...floats)).toBeLessThan(-5);
    expect(Math.max(...floats)).toBeGreaterThan(260);
    const bytes = resizeCubicBytes({ width: 4, height: 1, data: Uint8Array.from(step) }, 16, 1).data;
    bytes.forEach((value, i) => expect(value).toBe(Math.round(Math.max(0, Math.min(255, floats[i])))));
  });
});
