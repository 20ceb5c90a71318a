import { describe, expect, it } from 'vitest';
import { binsIn, rangeOf, withRange, without } from '../../../../renderer/composables/score-range.js';

describe('the bounds of a score', () => {
  const conditions = ['labels>=2', 'miou/fused<0.5', 'labels<4', 'labels<=7', 'miou/fused-2>0.1'];

  it('are the narrowest that its conditions set', () => {
    expect(rangeOf(conditions, 'labels')).toEqual({ least: 2, most: 4 });
    expect(rangeOf(conditions, 'miou/fused')).toEqual({ least: null, most: 0.5 });
    expect(rangeOf(['labels=3'], 'labels')).toEqual({ least: 3, most: 3 });
    expect(rangeOf(conditions, 'pixels')).toEqual({ least: null, most: null });
  });

  it('are put in the place of those before, the conditions of other scores staying', () => {
    expect(withRange(conditions, 'labels', { least: null, most: 3 })).toEqual(['miou/fused<0.5', 'miou/fused-2>0.1', 'labels<=3']); // prettier-ignore
    expect(withRange(['labels>=2'], 'labels', { least: null, most: null })).toBeUndefined();
    expect(without(conditions, 'miou/fused')).toHaveLength(4);
  });

  it('show which bins they take in', () => {
    expect(binsIn(0, 0.25, 4, { least: 0.25, most: 0.5 })).toEqual([false, true, true, false]);
    expect(binsIn(0, 1, 3, { least: null, most: 1 })).toEqual([true, true, false]);
    expect(binsIn(0.4, 0, 1, { least: 0.4, most: null })).toEqual([true]);
    expect(binsIn(0, 1, 2, { least: null, most: null })).toEqual([true, true]);
  });
});
