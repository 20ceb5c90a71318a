import { mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Component } from 'vue';
import CauseList from '../../../../renderer/components/results/CauseList.vue';
import ClassTable from '../../../../renderer/components/results/ClassTable.vue';
import ConfusionMatrix from '../../../../renderer/components/results/ConfusionMatrix.vue';
import SkippedImages from '../../../../renderer/components/results/SkippedImages.vue';
import { createTexts } from '../../../../renderer/locales/index.js';

const pinia = createPinia();
beforeEach(() => setActivePinia(pinia));

function shown(component: Component, props: object) {
  const plugins = [pinia, PrimeVue, createTexts('en')] as never[];
  const options = { props, global: { plugins } };
  return mount(component, options as ComponentMountingOptions<Component>);
}

describe('the table of classes', () => {
  const row = (label: number, name: string, iou: number | null, images: number) => ({ label, name, iou, precision: 1, recall: 0.5, boundaryIoU: null, images, change: -0.1 }); // prettier-ignore
  const rows = [row(0, 'background', 0.9, 3), row(1, 'cat', 0.25, 5), row(2, 'dog', 0.5, 1), row(3, 'cow', null, 0)];
  const table = (over: object = {}) => shown(ClassTable, { rows, palette: [], chosen: null, compared: false, ...over });
  const names = (one: ReturnType<typeof table>) => one.findAll('tbody th').map((cell) => cell.text());

  it('has the worst class first, and sorts by the column that is asked for, both ways', async () => {
    const one = table();
    expect(names(one)).toEqual(['cat', 'dog', 'background']);
    expect(one.text()).toContain('In neither truth nor masks: cow');
    const images = one.findAll('thead button').at(-1)!;
    await images.trigger('click');
    expect(names(one)).toEqual(['cat', 'background', 'dog']);
    expect(one.findAll('thead th').at(-1)!.attributes('aria-sort')).toBe('descending');
    await images.trigger('click');
    expect(names(one)).toEqual(['dog', 'background', 'cat']);
  });

  it('has changes only where there is a baseline', () => {
    expect(table().text()).not.toContain('Δ');
    expect(table({ compared: true }).text()).toContain('-0.100');
  });

  it('chooses a class, and lets it go', async () => {
    const one = table({ chosen: 2 });
    const [cat, dog] = one.findAll('tbody th button');
    expect([cat.attributes('aria-pressed'), dog.attributes('aria-pressed')]).toEqual(['false', 'true']);
    await cat.trigger('click');
    await dog.trigger('click');
    expect(one.emitted('choose')).toEqual([[1], [null]]);
  });
});

describe('the confusion matrix', () => {
  const props = { counts: [[90, 10], [30, 70]], names: ['background', 'cat'], chosen: null }; // prettier-ignore

  it('is walked with arrow keys, says each cell, and chooses by Enter', async () => {
    const matrix = shown(ConfusionMatrix, props);
    const place = matrix.get('[role=application]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown']) await place.trigger('keydown', { key });
    expect(matrix.get('.said').text()).toBe('cat called background: 30 px, 30% of cat');
    await place.trigger('keydown', { key: 'Enter' });
    expect(matrix.emitted('choose')).toEqual([[{ truth: 1, given: 0 }]]);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await place.trigger('keydown', { key });
    expect(matrix.get('.said').text()).toBe('cat rightly called cat: 70 px, 70%');
  });

  it('leaves other keys to the page', async () => {
    const matrix = shown(ConfusionMatrix, props);
    await matrix.get('[role=application]').trigger('keydown', { key: 'Enter' });
    await matrix.get('[role=application]').trigger('keydown', { key: '?' });
    expect(matrix.emitted('choose')).toBeUndefined();
    expect(matrix.get('.said').text()).toContain('Rows are true classes');
  });
});

it('causes are said with the figures that speak for them', () => {
  const causes = [
    { cause: 'map-part', label: 1, found: 0.04, evidence: 0.3, expected: 0.5 },
    { cause: 'references-few', label: 1, found: 0.04, evidence: 0, expected: 8 },
  ];
  const text = shown(CauseList, { causes, names: ['cat'] }).text();
  expect(text).toContain('The map covers only a part of cat');
  expect(text).toContain('hot on 30% of the object; 4% found');
  expect(text).toContain('0 there, 8 asked for');
  expect(shown(CauseList, { causes: [], names: [] }).text()).toContain('shows none');
});

it('skipped images are named with why', () => {
  const failure = { id: 'a', file: '/p/a.png', code: 'size-mismatch', reason: 'it is 2x2', action: 'left out' };
  const figures = { failures: [failure], failureCount: 1, withoutTruth: ['b'], withoutTruthCount: 3, missingMaps: 2 };
  const text = shown(SkippedImages, { figures }).text();
  for (const part of ['it is 2x2', '3 images without ground truth', '2 labels have no map'])
    expect(text).toContain(part);
});
