import { describe, expect, it } from 'vitest';
import { localizeSettings, referenceStrategies } from '../../../../../../shared/settings/index.js';
import { diverseSet, strategies } from '../../../../../../electron/engine/learn/localize/references/strategies.js';
import type { ReferenceRequest } from '../../../../../../electron/engine/learn/localize/references/types.js';
import { random } from '../../../../../../electron/engine/learn/random.js';

/** Images around a circle: descriptors of unit length, an angle each. */
const angles: Record<string, number> = { own: 0, near: 10, middle: 80, far: 170, opposite: 185 };
const descriptorOf = (id: string): Float32Array => {
  const angle = (angles[id] * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
};
const candidates = ['far', 'middle', 'near', 'opposite'];
const request = (more: Partial<ReferenceRequest> = {}): ReferenceRequest => ({
  id: 'own',
  classIndex: 0,
  candidates,
  fixed: ['middle', 'gone'],
  count: 2,
  rng: random(1, 'test'),
  descriptorOf,
  ...more,
});
const settings = localizeSettings.defaults();

describe.each(referenceStrategies)('strategy %s', (name) => {
  const choose = (more?: Partial<ReferenceRequest>): string[] => strategies[name].choose(request(more), settings);

  it('chooses candidates only, none twice, at most as many as asked for', () => {
    const chosen = choose({ count: 3 });
    expect(chosen.length).toBeLessThanOrEqual(3);
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(chosen.every((id) => candidates.includes(id))).toBe(true);
  });

  it('takes what there is where there are fewer, and nothing out of nothing', () => {
    expect(choose({ count: 99 }).length).toBeLessThanOrEqual(candidates.length);
    expect(choose({ candidates: [] })).toEqual([]);
  });

  it('chooses the same again', () => {
    expect(choose()).toEqual(choose());
  });
});

describe('what the strategies prefer', () => {
  it('similar: the nearest', () => {
    expect(strategies.similar.choose(request(), settings)).toEqual(['near', 'middle']);
  });

  it('diverse: the most central, then the farthest from all chosen', () => {
    expect(diverseSet(['near', 'middle', 'far', 'opposite'], 2, descriptorOf)).toEqual(['middle', 'opposite']);
  });

  it('fixed: the stored set without images that are gone', () => {
    expect(strategies.fixed.choose(request(), settings)).toEqual(['middle']);
  });

  it('random with replacement: exactly as many as asked for', () => {
    const replacing = localizeSettings.resolve({ 'references.replacement': true });
    const chosen = strategies.random.choose(request({ candidates: ['near'], count: 3 }), replacing);
    expect(chosen).toEqual(['near', 'near', 'near']);
  });
});
