import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { engine } from '../../../../renderer/api/engine.js';
import { useRecentProjects } from '../../../../renderer/composables/useRecentProjects.js';
import { usePreferences } from '../../../../renderer/stores/preferences.js';
import { useProject } from '../../../../renderer/stores/project.js';

it('are those that are not open, each with whether it is gone, and can be forgotten', async () => {
  setActivePinia(createPinia());
  const folders = ['/a', '/b', '/c'].map((root) => ({ root, name: root.slice(1) }));
  usePreferences().recentFolders = folders;
  useProject().open = [{ key: 'k', root: '/a', name: 'a' }];
  vi.spyOn(engine, 'call').mockResolvedValueOnce({ present: [true, true, false] } as never);
  let used!: ReturnType<typeof useRecentProjects>;
  mount(defineComponent({ setup: () => ((used = useRecentProjects()), () => null) }));
  await flushPromises();
  expect(used.recent.value).toEqual([{ root: '/b', name: 'b', missing: false }, { root: '/c', name: 'c', missing: true }]); // prettier-ignore
  used.forget('/c');
  expect(used.recent.value.map(({ root }) => root)).toEqual(['/b']);
});
