import { flushPromises, mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import ErrorNotice from '../../../../renderer/components/common/ErrorNotice.vue';
import ClassBars from '../../../../renderer/components/dataset/ClassBars.vue';
import ImageTile from '../../../../renderer/components/dataset/ImageTile.vue';
import FailureTable from '../../../../renderer/components/import/FailureTable.vue';
import LayerList from '../../../../renderer/components/image/LayerList.vue';
import JobChip from '../../../../renderer/components/frame/JobChip.vue';
import { filterOf } from '../../../../renderer/composables/image-filter.js';
import { createTexts } from '../../../../renderer/locales/index.js';
import { useJobs } from '../../../../renderer/stores/jobs.js';
import { useLayers } from '../../../../renderer/stores/layers.js';
import type { Language } from '../../../../shared/locales/index.js';
import { StudioError } from '../../../../shared/errors.js';

const pinia = createPinia();
beforeEach(() => {
  setActivePinia(pinia);
  // Pictures are not drawn here.
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no engine')));
});

/** Mounts a component with what the page gives to all of them. */
function shown(component: Component, props: object = {}, language: Language = 'en') {
  const plugins = [pinia, PrimeVue, createTexts(language)] as never[];
  const options = { props, global: { plugins } };
  return mount(component, options as ComponentMountingOptions<Component>);
}

describe('an error', () => {
  const error = new StudioError({ code: 'disk-full', message: 'no space left', remedy: 'Free some space.' });

  it('leaves out what is for the command line', () => {
    const remedy = 'Replace the masks (--overwrite), or fetch others (comask weights get vgg16).';
    const notice = shown(ErrorNotice, { error: new StudioError({ code: 'usage', message: 'no', remedy }) });
    expect(notice.text()).toContain('Replace the masks, or fetch others.');
  });

  it('says what happened in the language, and what to do', async () => {
    const notice = shown(ErrorNotice, { error, closable: true });
    expect(notice.text()).toBe('The disk is full' + 'no space left' + 'Free some space.');
    await notice.get('button').trigger('click');
    expect(notice.emitted('close')).toHaveLength(1);
  });

  it('has the remedy of its code before the words of the engine where those are of another language', () => {
    const notice = shown(ErrorNotice, { error: new StudioError({ ...error.details, file: '/a/b' }) }, 'zh-CN');
    expect(notice.text()).toBe(
      '磁盘已满' + '请释放一些磁盘空间后重试。' + 'no space left' + '/a/b' + 'Free some space.',
    );
    expect(notice.get('[lang=en]').text()).not.toContain('磁盘');
  });

  it('that nobody foresaw has its message', () => {
    expect(shown(ErrorNotice, { error: new TypeError('Failed to fetch') }).text()).toContain('Failed to fetch');
  });
});

describe('a tile', () => {
  const image = { id: 'a/b', dataset: 0, width: 80, height: 60, split: null, domain: 'target', classes: [0, 1, 4], hasTruth: true, version: 'v1', review: 'unreviewed', tags: [], score: null }; // prettier-ignore
  const tile = (over: object) => shown(ImageTile, { project: 'p', image, filter: filterOf({}), selected: false, current: false, width: 160, ...over }); // prettier-ignore

  it('shows the thumbnail of its version, two classes and how many more, and what images are sorted by', () => {
    const one = tile({ filter: filterOf({ sort: 'pixels' }) });
    expect(one.get('img').attributes('src')).toBe('/api/projects/p/images/a%2Fb/thumbnail?side=256&v=v1');
    expect(one.get('.caption').text()).toBe('01+180×60');
  });

  it('keeps its place while it is not there, and says where a photo is gone', async () => {
    expect(tile({ image: undefined }).attributes('aria-label')).toBe('Loading');
    expect(tile({ image: { ...image, version: null } }).text()).toContain('Photo cannot be shown');
    const broken = tile({});
    await broken.get('img').trigger('error');
    expect(broken.text()).toContain('Photo cannot be shown');
  });

  it('lays the mask of the filter over the photo under the pointer, else the truth, else nothing', async () => {
    const overlay = async (over: object): Promise<string | undefined> => {
      const one = tile(over);
      await one.trigger('pointerenter');
      return one.findComponent({ name: 'LayerCanvas' }).exists() ? one.findComponent({ name: 'LayerCanvas' }).props('url') : undefined; // prettier-ignore
    };
    expect(await overlay({ filter: filterOf({ masks: 'fused' }) })).toBe('/api/projects/p/images/a%2Fb/masks/fused');
    expect(await overlay({ filter: filterOf({ masks: 'fused', masked: 'false' }) })).toBe('/api/projects/p/images/a%2Fb/truth'); // prettier-ignore
    expect(await overlay({ image: { ...image, hasTruth: false } })).toBeUndefined();
    await flushPromises();
  });
});

it('bars of classes are buttons that say whether they are chosen', async () => {
  const bars = shown(ClassBars, { names: ['cat', 'dog'], counts: [3, 6], palette: [], chosen: [1] });
  const [cat, dog] = bars.findAll('button');
  expect([cat.text(), cat.attributes('aria-pressed'), dog.attributes('aria-pressed')]).toEqual(['cat3', 'false', 'true']); // prettier-ignore
  await cat.trigger('click');
  expect(bars.emitted('toggle')).toEqual([[0]]);
});

it('the report of an import names file, reason and action, and says when there are more', () => {
  const failures = [{ file: 'a.jpg', code: 'file-damaged', reason: 'no picture', action: 'skipped' }];
  const table = shown(FailureTable, { failures, count: 12 });
  expect(table.get('h2').text()).toBe('12 problems');
  expect(table.findAll('td').map((cell) => cell.text())).toEqual(['a.jpg', 'no picture', 'skipped']);
  expect(table.text()).toContain('The first 1 are here.');
  expect(shown(FailureTable, { failures: [], count: 0 }).text()).toBe('No problems found.');
});

it('the list of layers is drawn as they lie, with an eye for each', async () => {
  const layers = [
    { key: 'masks fused', kind: 'labels', text: 'masks', set: 'fused', url: '' },
    { key: 'truth', kind: 'labels', text: 'truth', set: null, url: '' },
  ];
  const list = shown(LayerList, { layers, mapped: [], names: [] });
  expect(list.findAll('.name').map((name) => name.text())).toEqual(['Ground truth', 'Mask · fused']);
  await list.get('button[aria-label="Show Mask · fused"]').trigger('click');
  expect(useLayers().stateOf('masks fused').shown).toBe(true);
  expect(shown(LayerList, { layers: [], mapped: [], names: [] }).text()).toContain('no masks');
});

it('the chip of the job says how far it is and how long it takes', async () => {
  const chip = shown(JobChip);
  expect(chip.text()).toBe('');
  const progress = { stage: 'epoch', part: 2, parts: 4, done: 0, total: 100, unit: 'steps', secondsLeft: 7500 };
  useJobs().take({ type: 'job', job: { id: 1, kind: 'train', state: 'running', progress } as never });
  await flushPromises();
  expect(chip.findAll('.chip > span').map((span) => span.text())).toEqual(['Training', '', '25%', '2 h 5 min left']);
});
