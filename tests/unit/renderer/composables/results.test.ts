import fc from 'fast-check';
import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { orderedClasses, type ClassRow } from '../../../../renderer/composables/results/class-order.js';
import { foldedCounts, shownMatrix } from '../../../../renderer/composables/results/confusion-matrix.js';
import { measuredSets } from '../../../../renderer/composables/results/measured-sets.js';
import {
  firstPanes,
  paneNames,
  panesOf,
  togglePane,
  type PaneName,
} from '../../../../renderer/composables/results/panes.js';
import { queryOfResult, rankingOf, resultQueryOf } from '../../../../renderer/composables/results/result-query.js';
import { useAnswer } from '../../../../renderer/composables/useAnswer.js';
import { framed } from '../../../../renderer/composables/zoom.js';
import { errorKinds } from '../../../../shared/evaluation.js';

describe('the address of the Results screen', () => {
  const label = fc.option(fc.integer({ min: 0, max: 254 }));
  const name = fc.option(fc.stringMatching(/^[\w -]{1,12}$/));
  const query = fc.record({
    evaluation: name,
    baseline: name,
    pair: fc.option(fc.record({ truth: fc.integer({ min: 0, max: 254 }), given: fc.integer({ min: 0, max: 254 }) })),
    error: fc.option(fc.constantFrom(...errorKinds)),
    label,
    changed: fc.option(fc.constantFrom('worse' as const, 'better' as const)),
  });

  it('says all of what is looked at', () => {
    fc.assert(
      fc.property(query, (one) => void expect(resultQueryOf(queryOfResult(one))).toEqual(one)),
      { seed: 8 },
    );
  });

  it('passes by what makes no sense', () => {
    const empty = { evaluation: null, baseline: null, pair: null, error: null, label: null, changed: null };
    expect(resultQueryOf({ truth: '1', error: 'other', label: '-1', evaluation: ['a', 'b'] })).toEqual(empty);
    expect(resultQueryOf({ truth: '1', given: '255' })).toEqual(empty);
  });

  it('narrows by a change, else a pair, else kind and label', () => {
    const both = resultQueryOf({ truth: '1', given: '0', error: 'boundary', label: '2' });
    expect(rankingOf(both)).toEqual({ truth: 1, given: 0 });
    expect(rankingOf({ ...both, changed: 'worse' })).toEqual({ truth: 1, given: 0 });
    expect(rankingOf({ ...both, baseline: 'a', changed: 'worse' })).toEqual({ baseline: 'a', changed: 'worse' });
    expect(rankingOf({ ...both, pair: null })).toEqual({ error: 'boundary', label: 2 });
  });
});

describe('a confusion matrix as it is drawn', () => {
  const counts = [[80, 20, 0, 0], [5, 5, 0, 0], [0, 0, 0, 0], [0, 1, 0, 99]]; // prettier-ignore
  const look = { hideDiagonal: false, logarithmic: false, most: 255 };

  it('has rows of shares for the labels that occur', () => {
    const { labels, shares, values } = shownMatrix(counts, look);
    expect(labels).toEqual([0, 1, 3]);
    expect(shares).toEqual([[0.8, 0.2, 0], [0.5, 0.5, 0], [0, 0.01, 0.99]]); // prettier-ignore
    expect(values).toEqual(shares);
  });

  it('gives mistakes the whole range where what is right is hidden', () => {
    const { values } = shownMatrix(counts, { ...look, hideDiagonal: true });
    expect(values[1]).toEqual([1, null, 0]);
    expect(values[0][1]).toBeCloseTo(0.4, 12);
  });

  it('shows small shares by their logarithm, and keeps their order', () => {
    const { values } = shownMatrix(counts, { ...look, logarithmic: true });
    expect(values[2][1]).toBeCloseTo(0.5, 12);
    expect(values[2][0]).toBe(0);
    expect(values[0][0]! > values[0][1]!).toBe(true);
  });

  it('keeps the labels with most errors, and is empty where nothing occurs', () => {
    expect(shownMatrix(counts, { ...look, most: 2 }).labels).toEqual([0, 1]);
    expect(shownMatrix([[0]], look)).toEqual({ labels: [], shares: [], values: [] });
  });

  it('counts undecided pixels as background', () => {
    expect(foldedCounts([[5, 0], [1, 2]], [0, 3])).toEqual([[5, 0], [4, 2]]); // prettier-ignore
  });
});

it('classes are ordered by a figure, those without one last', () => {
  const row = (label: number, iou: number | null): ClassRow => ({ label, name: `c${label}`, iou, change: null }) as ClassRow; // prettier-ignore
  const rows = [row(0, 0.5), row(1, null), row(2, 0.2), row(3, 0.5)];
  const order = (descending: boolean) => orderedClasses(rows, { column: 'iou', descending }).map(({ label }) => label);
  expect(order(false)).toEqual([2, 0, 3, 1]);
  expect(order(true)).toEqual([0, 3, 2, 1]);
  expect(orderedClasses(rows, { column: 'name', descending: true })[0].label).toBe(3);
});

describe('panes', () => {
  it('are two to four, in their order, however they are switched', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paneNames)), (toggles) => {
        const chosen = toggles.reduce<readonly PaneName[]>((now, name) => togglePane(now, name), firstPanes);
        expect(chosen.length).toBeGreaterThanOrEqual(2);
        expect(chosen.length).toBeLessThanOrEqual(4);
        expect([...chosen].sort((a, b) => paneNames.indexOf(a) - paneNames.indexOf(b))).toEqual(chosen);
      }),
      { seed: 8 },
    );
    expect(togglePane(firstPanes, 'map')).toEqual(['photo', 'truth', 'prediction', 'map']);
  });

  it('are those that there is a picture for', () => {
    const files = [
      { kind: 'maps', name: 'm', classIndex: 2, version: 'v' },
      { kind: 'maps', name: 'other', classIndex: 1, version: 'v' },
      { kind: 'saliency', name: 's', version: 'v' },
    ] as const;
    const names = (sets: { maps: string | null; saliency: string | null }, mapClass?: number) =>
      panesOf('p', 'e', { id: 'a/b' }, files, sets, mapClass).map(({ name }) => name);
    expect(names({ maps: 'm', saliency: 's' }, 2)).toEqual([...paneNames]);
    expect(names({ maps: 'm', saliency: null }, 1)).toEqual(firstPanes);
    const [, truth] = panesOf('p', 'e', { id: 'a/b' }, [], { maps: null, saliency: null }, undefined);
    expect(truth.layer?.url).toBe('/api/projects/p/evaluations/e/images/a%2Fb/truth');
  });

  it('know what a measured set was made from', () => {
    const set = (kind: string, name: string, ...parents: [string, string][]) => ({
      kind,
      name,
      parents: parents.map(([of, called]) => ({ kind: of, name: called })),
      settings: {},
      createdAt: null,
    });
    const sets = [
      set('maps', 'm', ['run', 'r']),
      set('masks', 'fused', ['maps', 'm'], ['saliency', 's']),
      set('evaluation', 'of-masks', ['masks', 'fused']),
      set('evaluation', 'of-maps', ['maps', 'm']),
    ] as Parameters<typeof measuredSets>[0];
    expect(measuredSets(sets, 'of-masks')).toEqual({ maps: 'm', saliency: 's' });
    expect(measuredSets(sets, 'of-maps')).toEqual({ maps: 'm', saliency: null });
    expect(measuredSets(sets, null)).toEqual({ maps: null, saliency: null });
  });
});

it('a box is brought into the middle of the stage, with room around it', () => {
  const stage = { width: 400, height: 300 };
  const { scale, x, y } = framed({ left: 10, top: 20, width: 50, height: 10 }, stage);
  expect(scale).toBe(4);
  expect([x + 35 * scale, y + 25 * scale]).toEqual([200, 150]);
  expect(framed({ left: 0, top: 0, width: 1, height: 1 }, stage).scale).toBe(12);
});

describe('an answer', () => {
  it('stays until the next is there, and one that comes too late is dropped', async () => {
    const question = ref<string | null>('a');
    const waiting = new Map<string, (answer: string) => void>();
    const { value } = useAnswer(
      question,
      () => new Promise<string>((resolve) => waiting.set(question.value!, resolve)),
    );
    question.value = 'b';
    await flushPromises();
    waiting.get('b')!('B');
    await flushPromises();
    waiting.get('a')!('A');
    await flushPromises();
    expect(value.value).toBe('B');
    question.value = null;
    await flushPromises();
    expect(value.value).toBeNull();
  });

  it('that is an error says so, and goes once it is asked again', async () => {
    const tries = [() => Promise.reject(new Error('no')), () => Promise.resolve('yes')];
    const { value, error, again } = useAnswer('a', () => tries.shift()!() as Promise<string>);
    await flushPromises();
    expect(error.value).toMatchObject({ message: 'no' });
    again();
    await flushPromises();
    expect([value.value, error.value]).toEqual(['yes', null]);
  });
});
