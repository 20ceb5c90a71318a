import { describe, expect, it } from 'vitest';
import { allclose } from '../../support/golden.js';

describe('allclose', () => {
  it('takes errors up to atol + rtol |expected|', () => {
    expect(allclose([1, 2.02], [1, 2], { atol: 0.01, rtol: 0.01 }).close).toBe(true);
    expect(allclose([1, 2.04], [1, 2], { atol: 0.01, rtol: 0.01 })).toMatchObject({ close: false, at: 1 });
  });

  it('rejects another length, and values that are not numbers', () => {
    expect(allclose([1], [1, 1]).close).toBe(false);
    expect(allclose([NaN, 9], [1, 1], { atol: 100 })).toMatchObject({ close: false, at: 0 });
    expect(allclose([Infinity], [Infinity]).close).toBe(true);
  });
});
