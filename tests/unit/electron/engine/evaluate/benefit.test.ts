import { describe, expect, it } from 'vitest';
import { benefitTermsOf, disagreement, doubt, rarity, risk } from '../../../../../electron/engine/evaluate/benefit.js';
import { IGNORE } from '../../../../../shared/types.js';

const plane = (...data: number[]) => ({ width: data.length, height: 1, data: Uint8Array.from(data) });
const map = (classIndex: number, ...data: number[]) => ({ classIndex, map: plane(...data) });
const big = (label: (at: number) => number) => ({
  width: 100,
  height: 100,
  data: Uint8Array.from({ length: 10_000 }, (_, at) => label(at)),
});

describe('terms of the benefit', () => {
  it('disagreement is 0 where all are the same, 1 where nothing is shared, and null with the mask alone', () => {
    const mask = plane(0, 1, 1, 0);
    const same = Uint8Array.of(0, 255, 255, 0);
    expect(disagreement(mask, same, same)).toBe(0);
    expect(disagreement(mask, Uint8Array.of(255, 0, 0, 255), null)).toBe(1);
    expect(disagreement(mask, null, null)).toBeNull();
    expect(disagreement(plane(0, 0), Uint8Array.of(0, 0), null)).toBe(0);
  });

  it('disagreement is the mean of the pairs by minima and maxima, without ignored pixels', () => {
    const mask = plane(2, 0, IGNORE);
    const [heat, saliency] = [Uint8Array.of(51, 0, 255), Uint8Array.of(255, 255, 0)];
    // Mask and map 0.2, mask and saliency 1/2, map and saliency 51/510.
    expect(disagreement(mask, heat, saliency)).toBeCloseTo(1 - (0.2 + 0.5 + 0.1) / 3, 12);
  });

  it('doubt looks at the map of the label that a pixel has', () => {
    const mask = plane(1, 2, 0, IGNORE);
    expect(doubt(mask, [map(0, 255, 0, 255, 255), map(1, 0, 51, 0, 255)])).toBeCloseTo(1 - 1.2 / 2, 12);
    expect(doubt(mask, [map(0, 255, 255, 0, 0)])).toBeCloseTo(0.5, 12);
    expect(doubt(plane(0, IGNORE), [map(0, 255, 255)])).toBe(1);
  });

  it('rarity is that of the rarest class', () => {
    expect(rarity([0, 2], [100, 50, 25])).toBeCloseTo(0.75, 12);
    expect(rarity([0], [100, 50, 25])).toBe(0);
    expect(rarity([], [100])).toBe(0);
  });

  it('risk knows empty labels, ignored pixels and islands, and joins them', () => {
    const half = (at: number): number => (at < 5000 ? 1 : 0);
    expect(risk(big(half), [0])).toBe(0);
    expect(risk(big(half), [0, 3])).toBeCloseTo(0.5, 12);
    expect(
      risk(
        big((at) => (at < 2500 ? IGNORE : half(at))),
        [0],
      ),
    ).toBeCloseTo(0.5, 12);
    expect(
      risk(
        big((at) => (at < 2500 ? IGNORE : half(at))),
        [0, 3],
      ),
    ).toBeCloseTo(0.75, 12);
    expect(
      risk(
        big((at) => (at === 7050 ? 1 : half(at))),
        [0],
      ),
    ).toBeCloseTo(0.1, 12);
    expect(
      risk(
        big(() => IGNORE),
        [0],
      ),
    ).toBe(1);
  });

  it('those of maps are unknown without maps', () => {
    const given = { mask: big((at) => Number(at < 5000)), classes: [0], maps: null, saliency: null, classCounts: [4] };
    expect(benefitTermsOf(given)).toEqual({ disagreement: null, doubt: null, rarity: 0, risk: 0 });
  });
});
