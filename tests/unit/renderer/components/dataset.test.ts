import { flushPromises, mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { engine } from '../../../../renderer/api/engine.js';
import PickPanel from '../../../../renderer/components/common/PickPanel.vue';
import EditBar from '../../../../renderer/components/dataset/EditBar.vue';
import ImageTile from '../../../../renderer/components/dataset/ImageTile.vue';
import JumpPanel from '../../../../renderer/components/dataset/JumpPanel.vue';
import QueryBox from '../../../../renderer/components/dataset/QueryBox.vue';
import RangeHistogram from '../../../../renderer/components/dataset/RangeHistogram.vue';
import WithWithout from '../../../../renderer/components/dataset/WithWithout.vue';
import { filterOf } from '../../../../renderer/composables/image-filter.js';
import { useEditing, type Editing } from '../../../../renderer/composables/useEditing.js';
import { createTexts } from '../../../../renderer/locales/index.js';
import { useNotices } from '../../../../renderer/stores/notices.js';
import { useProject } from '../../../../renderer/stores/project.js';
import { useQuickClasses } from '../../../../renderer/stores/quick-classes.js';
import { useSelection } from '../../../../renderer/stores/selection.js';
import type { Language } from '../../../../shared/locales/index.js';

let pinia: ReturnType<typeof createPinia>;
beforeEach(() => {
  pinia = createPinia();
  setActivePinia(pinia);
  vi.restoreAllMocks();
  const project = useProject();
  project.key = 'p';
  project.info = { classes: ['cat', 'dog', 'sofa'].map((name) => ({ name, images: 1 })), palette: [] } as never;
});

function shown(component: Component, props: object = {}, language: Language = 'en') {
  const plugins = [pinia, PrimeVue, createTexts(language)] as never[];
  return mount(component, { props, global: { plugins } } as ComponentMountingOptions<Component>);
}

describe('the query box', () => {
  it('shows the filter as a query, each condition of which can be taken away', async () => {
    const box = shown(QueryBox, { filter: filterOf({ classes: ['0', '1'], match: 'all', tags: 'a b' }) });
    expect((box.get('input').element as HTMLInputElement).value).toBe('class:cat class:dog tag:"a b"');
    expect(box.findAll('.part').map((part) => part.text())).toEqual(['class:cat', 'class:dog', 'tag:"a b"']);
    await box.get('[aria-label="Take away class:cat"]').trigger('click');
    expect(box.emitted('change')).toEqual([[{ classes: [1] }]]);
  });

  it('takes what is typed, all else of the filter going, and keeps the words as they are written', async () => {
    const box = shown(QueryBox, { filter: filterOf({ split: 'train', sort: 'labels' }) });
    await box.get('input').setValue('2007  class:DOG');
    await box.get('input').trigger('keydown', { key: 'Enter' });
    const [[fields]] = box.emitted('change') as [[object]];
    expect(fields).toMatchObject({ classes: [1], text: '2007', split: undefined });
    await box.setProps({ filter: filterOf({ classes: '1', text: '2007', sort: 'labels' }) });
    expect((box.get('input').element as HTMLInputElement).value).toBe('2007  class:DOG');
    await box.setProps({ filter: filterOf({}) });
    expect((box.get('input').element as HTMLInputElement).value).toBe('');
  });

  it('points at what is wrong, and leaves the filter as it is', async () => {
    const box = shown(QueryBox, { filter: filterOf({}) });
    await box.get('input').setValue('tag:a class:bird');
    await box.get('input').trigger('keydown', { key: 'Enter' });
    expect([box.get('mark').text(), box.get('.what').text()]).toEqual(['bird', 'there is no class “bird”']);
    expect(box.emitted('change')).toBeUndefined();
  });
});

describe('editing', () => {
  const image = (classes: number[], more: object = {}) =>
    ({ classes, tags: [], review: 'unreviewed', ...more }) as never;
  function editing(known: readonly never[]): Editing {
    let made: Editing;
    const host = { template: '<i />', setup: () => void (made = useEditing({ selection: () => Promise.resolve({ ids: ['a'] }), known: () => known })) }; // prettier-ignore
    shown(host);
    return made!;
  }
  const answer = (change: object, images = 2) => ({ edit: { number: 1, images, at: '', change: { addClasses: [], removeClasses: [], addTags: [], removeTags: [], ...change } } }) as never; // prettier-ignore

  it('gives a class unless all have it, and says what was done with a way back', async () => {
    const call = vi.spyOn(engine, 'call').mockResolvedValueOnce(answer({ addClasses: [1] }));
    await editing([image([0, 1]), image([0])]).toggleClass(1);
    expect(call.mock.lastCall?.[1]).toMatchObject({ body: { selection: { ids: ['a'] }, change: { addClasses: [1] } } });
    const notices = useNotices();
    expect([notices.text, notices.action?.label]).toEqual(['dog added: 2 images', 'Undo']);
    call.mockResolvedValueOnce(answer({ addClasses: [1] }));
    notices.action?.run();
    await flushPromises();
    expect([notices.text, notices.action?.label]).toEqual(['Undone: dog added: 2 images', 'Redo']);
    call.mockResolvedValueOnce(answer({ removeClasses: [0] }, 1));
    await editing([image([0, 1]), image([0])]).toggleClass(0);
    expect(call.mock.lastCall?.[1]).toMatchObject({ body: { change: { removeClasses: [0] } } });
    expect(notices.text).toBe('cat removed: 1 image');
  });

  it('switches review and tags, and says where nothing was to be done', async () => {
    const call = vi.spyOn(engine, 'call').mockResolvedValue({ edit: null } as never);
    const reviewed = editing([image([], { review: 'reviewed', tags: ['a'] })]);
    await reviewed.toggleReview('reviewed');
    expect(call.mock.lastCall?.[1]).toMatchObject({ body: { change: { review: 'unreviewed' } } });
    await reviewed.toggleTag('a');
    expect(call.mock.lastCall?.[1]).toMatchObject({ body: { change: { removeTags: ['a'] } } });
    expect(useNotices().text).toBe('The images are so already');
    await reviewed.turn('redo');
    expect(useNotices().text).toBe('There is nothing to redo');
  });
});

it('the bar of the selection has the classes with their digits, and which of them all have', async () => {
  useSelection().reset(9);
  useSelection().only(2);
  const bar = shown(EditBar, { common: [1] });
  const classes = bar.findAll('.quick');
  expect(classes.map((one) => [one.text(), one.attributes('aria-pressed')])).toEqual([['1cat', 'false'], ['2dog', 'true'], ['3sofa', 'false']]); // prettier-ignore
  await classes[2].trigger('click');
  await bar.get('[aria-label="Reviewed"]').trigger('click');
  expect([bar.emitted('class'), bar.emitted('review')]).toEqual([[[2]], [[]]]);
});

it('classes keep their digits, but for the one used longest ago', () => {
  useProject().info = { classes: Array.from({ length: 12 }, (_, i) => ({ name: `c${i}`, images: 1 })) } as never;
  const quick = useQuickClasses();
  for (const index of [8, 0, 1, 2, 3, 4, 5, 6, 7]) quick.use(index);
  quick.use(11);
  expect(quick.classes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 11]);
  quick.use(10);
  expect(quick.classes).toEqual([10, 1, 2, 3, 4, 5, 6, 7, 11]);
});

it('a panel to pick from finds by a part of the name, and takes a new one where it may', async () => {
  const choices = ['night', 'blurry'].map((name) => ({ value: name, name, on: name === 'night' }));
  const panel = shown(PickPanel, { label: 'Tag', choices, longestNew: 60 });
  await panel.get('input').setValue('lur');
  expect(panel.findAll('[role=option]').map((one) => one.text())).toEqual(['blurry', 'New tag “lur”']);
  await panel.get('input').trigger('keydown', { key: 'ArrowDown' });
  await panel.get('input').trigger('keydown', { key: 'Enter' });
  expect([panel.emitted('choose'), panel.emitted('close')]).toEqual([[['lur']], [[]]]);
  const known = shown(PickPanel, { label: 'Class', choices });
  await known.get('input').setValue('cow');
  expect(known.text()).toBe('Nothing of that name');
});

it('a number leads to a place of the list, never beyond it', async () => {
  const panel = shown(JumpPanel, { total: 50 });
  for (const [typed, place] of [['7', 6], ['900', 49], ['0', 0]] as const) {
    await panel.get('input').setValue(typed);
    await panel.get('input').trigger('keydown', { key: 'Enter' });
    expect(panel.emitted('jump')?.at(-1)).toEqual([place]);
  }
}); // prettier-ignore

describe('the histogram of a score', () => {
  const histogram = { least: 0, greatest: 3, counts: [4, 0, 1, 2], width: 1, missing: 5 };
  const props = { score: 'labels', histogram, range: { least: 1, most: null } };

  it('shows what the bounds take in, and takes bounds that are typed', async () => {
    const one = shown(RangeHistogram, props);
    expect(one.findAll('.bar').map((bar) => bar.classes('out'))).toEqual([true, false, false, false]);
    expect(one.text()).toContain('5 images without it');
    const [least, most] = one.findAll('input');
    expect([least.attributes('aria-label'), (least.element as HTMLInputElement).value, most.attributes('placeholder')]).toEqual(['Number of labels: at least', '1', '3']); // prettier-ignore
    await most.setValue('2');
    await least.setValue('');
    await most.setValue('many');
    expect(one.emitted('change')).toEqual([[{ least: 1, most: 2 }], [{ least: null, most: null }]]);
  });

  it('is dragged over, an end at either side being no bound', async () => {
    const one = shown(RangeHistogram, props);
    const bars = one.get('.bars');
    Object.assign(bars.element, { setPointerCapture: () => undefined, getBoundingClientRect: () => ({ left: 0, width: 40 }) }); // prettier-ignore
    for (const [from, to] of [[35, 12], [1, 21]]) {
      await bars.trigger('pointerdown', { clientX: from, pointerId: 1 });
      await bars.trigger('pointermove', { clientX: to });
      await bars.trigger('pointerup');
    }
    expect(one.emitted('change')).toEqual([[{ least: 1, most: null }], [{ least: null, most: 2 }]]);
  }); // prettier-ignore

  it('says where no image has the score', () => {
    expect(shown(RangeHistogram, { ...props, histogram: { least: null, greatest: null, counts: [], width: 0, missing: 3 } }).text()).toBe('None of these images has this score.'); // prettier-ignore
  });
});

it('with or without is taken away by a second click, unless it must be one', async () => {
  const both = shown(WithWithout, { value: true, label: 'x' });
  await both.findAll('button')[0].trigger('click');
  await both.findAll('button')[1].trigger('click');
  expect(both.emitted('change')?.at(-1)).toEqual([false]);
  expect(both.emitted('change')?.[0]).toEqual([undefined]);
});

it('a tile shows review by a sign with a name, tags as text, and the score', () => {
  const image = { id: 'a', dataset: 0, width: 80, height: 60, split: null, domain: 'target', classes: [], hasTruth: false, version: 'v', review: 'needs-work', tags: ['<b>dark</b>', 'odd', 'new'], score: 0.5 }; // prettier-ignore
  const tile = shown(ImageTile, { project: 'p', image, filter: filterOf({ sort: 'miou/fused' }), selected: false, current: false, width: 160 }); // prettier-ignore
  expect(tile.get('[role=img]').attributes('aria-label')).toBe('Needs work');
  expect(tile.findAll('.tag').map((tag) => tag.text())).toEqual(['<b>dark</b>', '+2']);
  expect(tile.get('.value').text()).toBe('0.50');
});
