import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { commands } from '../../../../renderer/commands/registry.js';
import { useFrameCommands } from '../../../../renderer/composables/useFrameCommands.js';
import { useShell } from '../../../../renderer/composables/useShell.js';
import { createTexts } from '../../../../renderer/locales/index.js';
import { useNotices } from '../../../../renderer/stores/notices.js';
import { usePreferences } from '../../../../renderer/stores/preferences.js';
import { useProject } from '../../../../renderer/stores/project.js';
import type { ShellBridge, ShellCommand } from '../../../../shared/shell/bridge.js';
import { commandIds } from '../../../../shared/shell/commands.js';

const empty = { render: () => h('p') };

/** A page with the frame's commands, on the desktop or in a browser. */
async function page(bridge?: ShellBridge) {
  window.comask = bridge;
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['start', 'import', 'settings']
      .map((name) => ({ path: `/${name}`, name, component: empty }))
      .concat(['dataset', 'runs'].map((name) => ({ path: `/projects/:project/${name}`, name, component: empty }))),
  });
  await router.push('/start');
  let frame!: ReturnType<typeof useFrameCommands>;
  const part = defineComponent({
    setup() {
      frame = useFrameCommands();
      useShell();
      return () => h('p');
    },
  });
  const mounted = mount(part, { global: { plugins: [createPinia(), createTexts('en'), router] } });
  return { router, frame, mounted };
}

/** A desktop whose menu is clicked by `choose`. */
function desktop() {
  let listener: (command: ShellCommand) => void = () => undefined;
  const bridge = {
    chooseFolder: vi.fn(async () => '/data/birds' as string | null),
    chooseFile: vi.fn(async () => null),
    reveal: vi.fn(async () => true),
    appearance: vi.fn(async () => undefined),
    onCommand: (heard: typeof listener) => {
      listener = heard;
      return () => (listener = () => undefined);
    },
  } satisfies ShellBridge;
  return { bridge, choose: (command: ShellCommand) => listener(command) };
}

beforeEach(() => localStorage.clear());
afterEach(() => (window.comask = undefined));

describe('on the desktop', () => {
  it('a chosen menu item runs the command of the same id', async () => {
    const { bridge, choose } = desktop();
    const { router, frame, mounted } = await page(bridge);
    useProject().key = 'k';
    choose({ id: 'view.palette' });
    expect(frame.paletteOpen.value).toBe(true);
    choose({ id: 'go.dataset' });
    await flushPromises();
    expect(router.currentRoute.value.fullPath).toBe('/projects/k/dataset');
    expect(frame.paletteOpen.value).toBe(false);
    choose({ id: 'jobs.train' });
    await flushPromises();
    expect(router.currentRoute.value.fullPath).toBe('/projects/k/runs?new=train');
    choose({ id: 'project.opened', project: 'other' });
    await flushPromises();
    expect(router.currentRoute.value.fullPath).toBe('/projects/other/dataset');
    mounted.unmount();
    choose({ id: 'view.palette' });
    expect(frame.paletteOpen.value).toBe(false);
  });

  it('says so where a command means nothing on this screen', async () => {
    const { bridge, choose } = desktop();
    const { mounted } = await page(bridge);
    choose({ id: 'jobs.train' });
    expect(useNotices().text).toBe('Train: not available on this screen');
    for (const id of commandIds) expect(() => choose({ id })).not.toThrow();
    mounted.unmount();
  });

  it('the menu sets how the page looks, and the page tells the menu', async () => {
    const { bridge, choose } = desktop();
    const { mounted } = await page(bridge);
    const preferences = usePreferences();
    expect(bridge.appearance).toHaveBeenLastCalledWith({ theme: 'system', language: 'en' });
    choose({ id: 'view.theme', theme: 'dark' });
    choose({ id: 'view.language', language: 'zh-CN' });
    expect([preferences.theme, preferences.language]).toEqual(['dark', 'zh-CN']);
    await flushPromises();
    expect(bridge.appearance).toHaveBeenLastCalledWith({ theme: 'dark', language: 'zh-CN' });
    mounted.unmount();
  });

  it('opening a project asks for its folder', async () => {
    const { bridge } = desktop();
    const { router, mounted } = await page(bridge);
    const openFolder = vi.spyOn(useProject(), 'openFolder').mockResolvedValue({ key: 'b', root: '', name: '' });
    commands.run('project.open');
    await flushPromises();
    expect(openFolder).toHaveBeenCalledWith('/data/birds');
    expect(router.currentRoute.value.fullPath).toBe('/projects/b/dataset');
    bridge.chooseFolder.mockResolvedValueOnce(null);
    commands.run('project.open');
    await flushPromises();
    expect(openFolder).toHaveBeenCalledOnce();
    mounted.unmount();
  });
});

it('in a browser opening a project leads to the start screen, and keys of the browser are not promised', async () => {
  const { router, mounted } = await page();
  await router.push('/import');
  commands.run('project.open');
  await flushPromises();
  expect(router.currentRoute.value.name).toBe('start');
  const created = commands.all().find(({ id }) => id === 'project.new')!;
  expect([created.keys, commands.keysOf(created)]).toEqual([['Ctrl+N'], []]);
  mounted.unmount();
});
