import { describe, expect, it } from 'vitest';
import { imageFilterSchema } from '../../../../../renderer/composables/image-filter.js';
import { BARS, barHeights, histogramOf, largestOf } from '../../../../../renderer/composables/thresholds/histogram.js';
import { remaskBody } from '../../../../../renderer/composables/thresholds/remask-body.js';
import { canFuse, thresholdsOf } from '../../../../../renderer/composables/thresholds/threshold-keys.js';
import { fusionRules, maskSettings } from '../../../../../shared/settings/index.js';
import { allFusionRules } from '../../../../../shared/fusion/registry.js';

describe('the sliders of a rule', () => {
  it.each(fusionRules)('of %s are settings of its group, within their ranges', (rule) => {
    for (const hasSaliency of [true, false]) {
      for (const { key, most, step } of thresholdsOf(rule, hasSaliency)) {
        for (const value of [0, most, step]) expect(() => maskSettings.resolve({ [key]: value })).not.toThrow();
        expect(() => maskSettings.resolve({ [key]: most + 1 })).toThrow();
      }
    }
  });
  it.each(allFusionRules)('are offered for what $name needs', ({ name, needs }) => {
    const all = { maps: true, saliency: true };
    expect(canFuse(name, all)).toBe(true);
    expect(canFuse(name, { ...all, maps: false })).toBe(needs.maps !== 'required');
    expect(canFuse(name, { ...all, saliency: false })).toBe(needs.saliency !== 'required');
  });
});

describe('a histogram', () => {
  it('counts every pixel once', () => {
    const bars = histogramOf(Uint8Array.from({ length: 256 }, (_, i) => i));
    expect(bars).toEqual(new Array(BARS).fill(4));
    expect(histogramOf(new Uint8Array([255, 0, 0]))[BARS - 1]).toBe(1);
  });
  it('is of the largest class at every pixel', () => {
    const map = (...data: number[]) => ({ width: 2, height: 1, data: Uint8Array.from(data) });
    const maps = [{ classIndex: 0, map: map(1, 9) }, { classIndex: 1, map: map(5, 3) }]; // prettier-ignore
    expect([...largestOf({ width: 2, height: 1, maps })]).toEqual([5, 9]);
  });
  it('has bars of at most the whole height', () => {
    expect(barHeights([0, 1, 4])).toEqual([0, 0.5, 1]);
    expect(barHeights([0, 0])).toEqual([0, 0]);
  });
});

describe('a change of masks', () => {
  const settings = maskSettings.resolve({ 'plain.background': 0.3 });
  const filter = imageFilterSchema.parse({ split: 'train', sort: 'pixels' });
  const asked = { set: 'm', scope: 'image' as const, settings, id: 'i', classIndex: 2, filter };
  it('names only the settings that differ', () => {
    expect(remaskBody(asked)).toEqual({ masks: 'm', images: { ids: ['i'] }, settings: { 'plain.background': 0.3 } });
  });
  it('is of a class, of the filter without its order, or of all', () => {
    expect(remaskBody({ ...asked, scope: 'class' })?.images).toEqual({ query: { classes: [2] } });
    expect(remaskBody({ ...asked, scope: 'filter' })?.images).toEqual({
      query: { match: 'any', masked: true, split: 'train' },
    });
    expect(remaskBody({ ...asked, scope: 'all' })?.images).toEqual({ query: {} });
  });
  it('needs a set, and an image to be of', () => {
    expect(remaskBody({ ...asked, set: null })).toBeNull();
    expect(remaskBody({ ...asked, id: '' })).toBeNull();
  });
});
