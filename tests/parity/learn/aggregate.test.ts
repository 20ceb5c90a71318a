import { describe, expect, it } from 'vitest';
import { publishedAggregate } from '../../../electron/engine/learn/localize/aggregate.js';
import { allclose, goldenAvailable, readGolden, readGoldenJson } from '../../support/golden.js';

describe.skipIf(!goldenAvailable)('published aggregate of five maps (needs the golden numbers)', () => {
  it.each([
    'typical',
    'one_dropped',
    'dropped_and_all_negative',
    'first_all_negative',
    'all_negative',
    'first_low_mean_kept',
  ])('%s', (name) => {
    const golden = readGolden(`aggregate__${name}`);
    const {
      data,
      shape: [count, height, width],
    } = golden.float('raw_maps');
    const size = height * width;
    const maps = Array.from({ length: count }, (_, i) => ({
      width,
      height,
      data: data.slice(i * size, (i + 1) * size),
    }));
    const levels = publishedAggregate(maps).data.map((value) => value * 255);
    const before = allclose(levels, golden.float('before_cast').data, { atol: 1e-3 });
    expect(before.close, before.message).toBe(true);
    const { close, message } = allclose(levels.map(Math.trunc), golden.bytes('aggregated').data, {
      atol: readGoldenJson('aggregate').suggested_tolerance.aggregated_uint8,
    });
    expect(close, message).toBe(true);
  });
});
