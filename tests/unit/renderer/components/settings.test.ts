import { flushPromises, mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { engine } from '../../../../renderer/api/engine.js';
import { commands } from '../../../../renderer/commands/registry.js';
import CacheSection from '../../../../renderer/components/settings/CacheSection.vue';
import KeyRecorder from '../../../../renderer/components/settings/KeyRecorder.vue';
import KeyRow from '../../../../renderer/components/settings/KeyRow.vue';
import WeightsSection from '../../../../renderer/components/settings/WeightsSection.vue';
import WorkPanel from '../../../../renderer/components/settings/WorkPanel.vue';
import { knownCommand } from '../../../../renderer/commands/known.js';
import { createTexts } from '../../../../renderer/locales/index.js';
import { inBrowser, onDesktop } from '../../../../renderer/shell/surroundings.js';
import { useMachine } from '../../../../renderer/stores/machine.js';
import { usePreferences } from '../../../../renderer/stores/preferences.js';
import { machineDefaults } from '../../../../shared/machine-settings.js';

const pinia = createPinia();
beforeEach(() => {
  setActivePinia(pinia);
  usePreferences().keys = {};
});
afterEach(() => commands.settle(inBrowser));

function shown(component: Component, props: object = {}) {
  const options = { props, attachTo: document.body, global: { plugins: [pinia, PrimeVue, createTexts('en')] as never[] } }; // prettier-ignore
  return mount(component, options as ComponentMountingOptions<Component>);
}

const layerCycle = knownCommand('layer.cycle')!;

describe('recording a key', () => {
  const recorder = () => {
    const one = shown(KeyRecorder, { command: layerCycle, replaced: 'M' });
    const press = (key: string, init = {}): Promise<void> => one.get('.field').trigger('keydown', { key, ...init });
    const [save] = one.findAll('button');
    return { one, press, save };
  };

  it('shows who has it before it is saved, and takes it over when told to', async () => {
    const { press, save, one } = recorder();
    expect(save.attributes('disabled')).toBeDefined();
    await press('Shift');
    expect(save.attributes('disabled')).toBeDefined();
    await press('v');
    expect(one.text()).toContain('Hide layers (hold to peek) has this key (Image) and would lose it.');
    expect(usePreferences().keys).toEqual({});
    await save.trigger('click');
    expect(usePreferences().keys).toEqual({ 'layer.cycle': ['V'], 'layer.peek': [] });
    expect(one.emitted('close')).toHaveLength(1);
    one.unmount();
  });

  it('saves nothing that the menu or the desktop takes', async () => {
    commands.settle(onDesktop);
    const { press, save, one } = recorder();
    await press('k', { ctrlKey: true });
    expect(one.text()).toContain('Command Palette has this key (Everywhere), which cannot be changed.');
    expect(save.attributes('disabled')).toBeDefined();
    await press('F11');
    expect(one.text()).toContain('keeps this key for itself');
    expect(save.attributes('disabled')).toBeDefined();
    await press('Escape');
    expect(one.emitted('close')).toHaveLength(1);
    one.unmount();
  });
});

describe('a row of keys', () => {
  it('offers to restore what was changed, and marks what the menu takes', async () => {
    const row = shown(KeyRow, { command: layerCycle });
    expect(row.find('[aria-label^="Restore"]').exists()).toBe(false);
    usePreferences().keys = { 'layer.cycle': ['J'] };
    await flushPromises();
    expect(row.get('.key').text()).toContain('J');
    await row.get('[aria-label="Restore the keys of Next layer"]').trigger('click');
    expect(usePreferences().keys).toEqual({});
    commands.settle(onDesktop);
    expect(
      shown(KeyRow, { command: knownCommand('view.palette') })
        .get('.menu')
        .text(),
    ).toBe('CtrlKmenu');
    row.unmount();
  });
});

describe('an installation', () => {
  const work = { lines: ['first', 'last'], progress: null, error: null };
  const text = (more: object): string => shown(WorkPanel, { work: { ...work, ...more }, doing: 'Installing', ended: 'It ended.' }).text(); // prettier-ignore

  it('says how far it is, why it failed, and that it is done', () => {
    const progress = {
      stage: 'downloading',
      part: 'tensorflow_cpu 2.21.0',
      done: 30,
      total: 274,
      unit: 'MB',
      secondsLeft: 90,
    };
    expect(text({ state: 'running', progress })).toContain(
      'downloading tensorflow_cpu 2.21.0 · 30 / 274 MB · 2 min left',
    );
    expect(text({ state: 'running' })).toContain('last');
    expect(text({ state: 'failed', error: { code: 'download-failed', message: 'no network' } })).toContain(
      'no network',
    );
    expect(text({ state: 'cancelled' })).toContain('It ended.');
  });
});

describe('the weights of the catalogue', () => {
  const weights = [
    { name: 'vgg16', for: 'vgg16', licence: 'BSD', host: 'a.org', bytes: 553e6, fetched: false },
    { name: 'u2netp', for: 'saliency', licence: 'Apache', host: 'b.org', bytes: 4.6e6, fetched: true },
  ];
  const progress = { stage: 'downloading', part: 'vgg16', done: 50, total: 200, unit: 'MB' };
  const download = { name: 'vgg16', state: 'running', lines: [], progress, error: null };

  it('say what they are for and where they come from, and are downloaded and stopped', async () => {
    let latest: object | null = null;
    const call = vi.spyOn(engine, 'call').mockImplementation(async (route) => {
      if (route.method === 'POST') latest = download;
      if (route.method === 'DELETE') latest = { ...download, state: 'cancelled' };
      return { weights, download: latest } as never;
    });
    const section = shown(WeightsSection);
    await flushPromises();
    expect(section.text()).toMatch(/vgg16.*for the backbone vgg16.*553 MB · BSD · a\.org/);
    expect(section.text()).toMatch(/u2netp.*for saliency maps.*Downloaded/);
    const [fetchVgg, ...others] = section.findAll('button');
    expect(others).toEqual([]);
    await fetchVgg.trigger('click');
    await flushPromises();
    expect(call.mock.calls.map(([, request]) => request)).toContainEqual({ params: { name: 'vgg16' } });
    expect(section.text()).toContain('downloading vgg16 · 50 / 200 MB');
    expect(section.get('[aria-label="Download: vgg16"]').attributes('disabled')).toBeDefined();
    await section.findAll('button').find((one) => one.text() === 'Cancel')!.trigger('click'); // prettier-ignore
    await flushPromises();
    expect(section.text()).toContain('The download of vgg16 was stopped.');
    section.unmount();
  });
});

it('a cache says what it takes up, and is emptied', async () => {
  const use = { folder: '/cache', bytes: 1.5e9, files: 3 };
  const call = vi.spyOn(engine, 'call').mockImplementation(async (route) =>
    (route.path.endsWith('settings') ? machineDefaults : { thumbnails: use, downloads: { ...use, bytes: 0, files: 0 } }) as never); // prettier-ignore
  const section = shown(CacheSection);
  await flushPromises();
  expect(section.text()).toContain('1.5 GB in use by 3 files');
  expect(section.text()).toContain('Empty');
  const [clear, disabled] = section.findAll('button').filter((one) => one.text() === 'Clear');
  expect(disabled.attributes('disabled')).toBeDefined();
  await clear.trigger('click');
  expect(call.mock.lastCall?.[1]).toEqual({ params: { cache: 'thumbnails' } });
  expect(useMachine().caches?.thumbnails).toEqual(use);
  section.unmount();
});
