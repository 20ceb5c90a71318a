import { describe, expect, it } from 'vitest';
import { steadyRange } from '../../../../renderer/composables/steady-range.js';

describe('steadyRange', () => {
  it('draws what is in view and some more on either side', () => {
    expect(steadyRange({ startIndex: 10, endIndex: 12, count: 100 }, 2, 8)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('draws as many at both ends of the list', () => {
    expect(steadyRange({ startIndex: 0, endIndex: 2, count: 100 }, 2, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(steadyRange({ startIndex: 97, endIndex: 99, count: 100 }, 2, 8)).toEqual([92, 93, 94, 95, 96, 97, 98, 99]);
  });

  it('draws all of a short list', () => {
    expect(steadyRange({ startIndex: 0, endIndex: 2, count: 3 }, 2, 8)).toEqual([0, 1, 2]);
    expect(steadyRange({ startIndex: 0, endIndex: 0, count: 0 }, 2, 8)).toEqual([]);
  });

  it('covers the view where that is larger than was expected', () => {
    expect(steadyRange({ startIndex: 10, endIndex: 15, count: 100 }, 2, 3)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(steadyRange({ startIndex: 10, endIndex: 15, count: 100 }, 2, 7)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });

  it('names the same elements wherever the list is', () => {
    for (let start = 0; start < 90; start++) {
      const rows = steadyRange({ startIndex: start, endIndex: start + 5 + (start % 2), count: 100 }, 2, 11);
      expect(new Set(rows.map((row) => row % rows.length)).size).toBe(11);
      expect(rows).toContain(start);
      expect(rows).toContain(start + 5 + (start % 2));
    }
  });
});
