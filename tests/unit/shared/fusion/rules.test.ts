import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allFusionRules, fusionRule } from '../../../../shared/fusion/registry.js';
import type { FusionInputs } from '../../../../shared/fusion/rule.js';
import { maskSettings, type MaskSettings } from '../../../../shared/settings/index.js';

const bytes = (count: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: count, maxLength: count });

/** Inputs of one image up to 8x8 with up to three labels, some of which have a map. */
const inputs = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([width, height]) => {
  const map = bytes(width * height).map((data) => ({ width, height, data }));
  return fc.record<FusionInputs>({
    width: fc.constant(width),
    height: fc.constant(height),
    classes: fc.constant([0, 3, 19]),
    maps: fc
      .tuple(fc.subarray([0, 3, 19]), map, map, map)
      .map(([classes, ...maps]) => classes.map((classIndex, at) => ({ classIndex, map: maps[at] }))),
    saliency: map,
  });
});

const image = (map: number[], saliency: number[] | null, extra: number[][] = []): FusionInputs => {
  const size = { width: map.length, height: 1 };
  return {
    ...size,
    classes: [4, 7],
    maps: [map, ...extra].map((data, at) => ({
      classIndex: [4, 7][at],
      map: { ...size, data: Uint8Array.from(data) },
    })),
    saliency: saliency && { ...size, data: Uint8Array.from(saliency) },
  };
};

const fuse = (rule: MaskSettings['rule'], given: FusionInputs, values: Partial<MaskSettings> = {}): number[] => [
  ...fusionRule(rule).fuse(given, maskSettings.resolve(values)).data,
];

describe.each(allFusionRules.map((rule) => [rule.name, rule] as const))('fusion rule %s', (_, rule) => {
  it('gives labels of the image, background or ignore, one a pixel', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { width, height, data } = rule.fuse(given, maskSettings.defaults());
        expect([width, height, data.length]).toEqual([given.width, given.height, given.width * given.height]);
        const allowed = new Set([0, 255, ...given.classes.map((classIndex) => classIndex + 1)]);
        expect([...data].filter((label) => !allowed.has(label))).toEqual([]);
      }),
    );
  });

  it('does not depend on the order of the maps, and leaves its inputs alone', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const before = structuredClone(given);
        const turned = rule.fuse({ ...given, maps: [...given.maps].reverse() }, maskSettings.defaults());
        expect(rule.fuse(given, maskSettings.defaults())).toEqual(turned);
        expect(given).toEqual(before);
      }),
    );
  });
});

describe.each(allFusionRules.flatMap((rule) => (rule.probabilities ? [[rule.name, rule] as const] : [])))(
  'probabilities of rule %s',
  (_, rule) => {
    const unit = fc.constantFrom(0, 0.1, 0.5, 0.65, 1);
    const values = fc.record({
      'plain.background': unit,
      'plain.mapsBackground': unit,
      'plain.saliencyWeight': unit,
      'plain.scaling': fc.constantFrom('min-max' as const, 'none' as const),
    });

    it('are distributions whose argmax is the label map', () => {
      fc.assert(
        fc.property(inputs, fc.boolean(), values, (whole, salient, given) => {
          const settings = maskSettings.resolve(given);
          const image = salient ? whole : { ...whole, saliency: null };
          const { labels, data } = rule.probabilities!(image, settings);
          const map = rule.fuse(image, settings).data;
          expect(data.length).toBe(map.length * labels.length);
          map.forEach((label, point) => {
            const row = data.subarray(point * labels.length, (point + 1) * labels.length);
            expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
            expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
            expect(labels[row.indexOf(Math.max(...row))]).toBe(label);
          });
        }),
        { seed: 20240611 },
      );
    });
  },
);

describe('the plain rule', () => {
  const unscaled = { 'plain.scaling': 'none', 'plain.background': 0.5, 'plain.mapsBackground': 0.5 } as const;

  it('compares the best map with the background score', () => {
    expect(fuse('plain', image([0, 127, 128, 255], null), unscaled)).toEqual([0, 0, 5, 5]);
  });

  it('gives a pixel the best class, a tie the lower one', () => {
    const given = image([200, 200, 200], null, [[199, 200, 201]]);
    expect(fuse('plain', given, unscaled)).toEqual([5, 5, 8]);
  });

  it('mixes saliency in by its weight', () => {
    const given = image([255, 255, 0], [0, 255, 255]);
    expect(fuse('plain', given, { ...unscaled, 'plain.saliencyWeight': 0.6 })).toEqual([0, 5, 5]);
    expect(fuse('plain', given, { ...unscaled, 'plain.saliencyWeight': 0.4 })).toEqual([5, 5, 0]);
  });

  it('lets saliency alone decide at weight 1, and the maps the class', () => {
    const given = image([10, 0, 255], [255, 255, 0], [[0, 10, 255]]);
    expect(fuse('plain', given, { ...unscaled, 'plain.saliencyWeight': 1 })).toEqual([5, 8, 0]);
  });

  it('stretches each map to its own range where asked to', () => {
    const given = image([10, 20, 30], null);
    expect(fuse('plain', given, { 'plain.scaling': 'min-max', 'plain.mapsBackground': 0.5 })).toEqual([0, 5, 5]);
    expect(fuse('plain', given, unscaled)).toEqual([0, 0, 0]);
  });

  it('is half sure at the threshold, and divides by what all classes weigh', () => {
    const settings = maskSettings.resolve({ ...unscaled, 'plain.mapsBackground': 0.2 });
    const given = image([0, 51, 255, 255], null, [[0, 0, 0, 51]]);
    const { labels, data } = fusionRule('plain').probabilities!(given, settings);
    expect(labels).toEqual([0, 5, 8]);
    const expected = [1, 0, 0, 0.5, 0.5, 0, 0, 1, 0, 0, 1 / 1.2, 0.2 / 1.2];
    data.forEach((value, at) => expect(value).toBeCloseTo(expected[at], 5));
  });

  it('calls everything background where no label has a map', () => {
    expect(fuse('plain', { ...image([9, 9], [255, 255]), maps: [] }, unscaled)).toEqual([0, 0]);
  });
});

describe('the saliency rule', () => {
  it('gives what stands out the first label', () => {
    const given = image([0, 0, 0], [110, 111, 255]);
    expect(fuse('saliency', given, { 'saliency.threshold': 110 })).toEqual([0, 5, 5]);
  });
});
