import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHalves, toHalves } from '../../../../../../electron/engine/learn/kept/half.js';

const rounded = (values: Float32Array): Float32Array => fromHalves(toHalves(values)!);

describe('numbers as float16', () => {
  it('are off by at most 2^-11 of themselves, or 2^-28 of the largest, whatever their size', () => {
    const most = Math.fround(2 ** 126);
    const values = fc.float32Array({ noNaN: true, min: -most, max: most, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: -140, max: 0 }), (drawn, exponent) => {
        const given = drawn.map((value) => value * 2 ** exponent);
        const largest = given.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        rounded(given).forEach((value, i) => {
          // The last term is the smallest float32 there is.
          const allowed = Math.max(2 ** -11 * Math.abs(given[i]), 2 ** -28 * largest) + 2 ** -149;
          expect(Math.abs(value - given[i])).toBeLessThanOrEqual(allowed);
        });
      }),
      { seed: 5 },
    );
  });

  it('stay as they are when they are rounded again', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 10 ** (i % 5));
    const once = rounded(values);
    expect(rounded(once)).toEqual(once);
    expect(once).not.toEqual(values);
  });

  it('round to even between two, and up into the next power of two', () => {
    expect([...rounded(Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 - 2 ** -12, -1.5))]).toEqual([
      1,
      1 + 2 ** -9,
      2,
      -1.5,
    ]);
  });

  it('are none where one is not finite, or so large that it might not be', () => {
    expect(toHalves(Float32Array.of(1, NaN))).toBeNull();
    expect(toHalves(Float32Array.of(-Infinity, 1))).toBeNull();
    expect(toHalves(Float32Array.of(3.4e38))).toBeNull();
  });

  it('may be zeros, or none at all', () => {
    expect([...rounded(Float32Array.of(0, 0))]).toEqual([0, 0]);
    expect(rounded(new Float32Array())).toHaveLength(0);
  });
});
