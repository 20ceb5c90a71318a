import { flushPromises, mount, type ComponentMountingOptions } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import PrimeVue from 'primevue/config';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import PathField from '../../../../renderer/components/common/PathField.vue';
import ImageFacts from '../../../../renderer/components/image/ImageFacts.vue';
import { createTexts } from '../../../../renderer/locales/index.js';
import { useNotices } from '../../../../renderer/stores/notices.js';
import type { ShellBridge } from '../../../../shared/shell/bridge.js';

const pinia = createPinia();
const bridge = {
  chooseFolder: vi.fn(async () => '/data/birds'),
  chooseFile: vi.fn(async () => null),
  reveal: vi.fn(async () => true),
  appearance: vi.fn(async () => undefined),
  onCommand: () => () => undefined,
} satisfies ShellBridge;

function shown(component: Component, props: object) {
  const options = { props, global: { plugins: [pinia, PrimeVue, createTexts('en')] as never[] } };
  return mount(component, options as ComponentMountingOptions<Component>);
}

beforeEach(() => setActivePinia(pinia));
afterEach(() => (window.comask = undefined));

describe('a field for a path', () => {
  const field = (kind: 'folder' | 'file') =>
    shown(PathField, { modelValue: '/old', label: 'Folder', hint: 'where it is', kind });

  it('lets a folder be chosen on the desktop', async () => {
    window.comask = bridge;
    const one = field('folder');
    await one.get('button').trigger('click');
    await flushPromises();
    expect(one.emitted('update:modelValue')).toEqual([['/data/birds']]);
  });

  it('stays as it is where nothing was chosen', async () => {
    window.comask = bridge;
    const one = field('file');
    await one.get('button').trigger('click');
    await flushPromises();
    expect(bridge.chooseFile).toHaveBeenCalledOnce();
    expect(one.emitted('update:modelValue')).toBeUndefined();
  });

  it('is typed in a browser', () => expect(field('folder').find('button').exists()).toBe(false));
});

describe('the facts of an image', () => {
  const image = { id: 'a', width: 2, height: 1, split: null, domain: 'target', path: 'x/a.jpg', file: '/photos/x/a.jpg', classes: [], labelChanges: [], labelEdits: [] }; // prettier-ignore
  const facts = () => shown(ImageFacts, { image, names: [], palette: [] });

  it('show its file in the file manager, or say why not', async () => {
    window.comask = bridge;
    await facts().get('button').trigger('click');
    await flushPromises();
    expect(bridge.reveal).toHaveBeenCalledWith('/photos/x/a.jpg');
    expect(useNotices().text).toBeNull();
    bridge.reveal.mockResolvedValueOnce(false);
    await facts().get('button').trigger('click');
    await flushPromises();
    expect(useNotices().text).toMatch('no longer');
  });

  it('name it in a browser', () => {
    expect(facts().find('button').exists()).toBe(false);
    expect(facts().text()).toContain('x/a.jpg');
  });
});
