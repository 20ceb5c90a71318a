import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { api, type View } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import type { ImageFilter } from '../composables/image-filter.js';

/** Filters and sorts that a project keeps by name. */
export const useViews = defineStore('views', () => {
  const views = shallowRef<View[]>([]);
  /** Projects whose default view was shown: it is where one begins, not where one comes back to. */
  const begun = new Set<string>();

  async function refresh(project: string): Promise<void> {
    views.value = (await engine.call(api.views.list, { params: { project } })).views;
  }

  /** Keeps a view in the place of one of the same name. Throws what the engine says against it. */
  async function save(project: string, name: string, filter: ImageFilter, byDefault: boolean): Promise<void> {
    await engine.call(api.views.save, { params: { project, name }, body: { filter, byDefault } });
    await refresh(project);
  }

  async function remove(project: string, name: string): Promise<void> {
    await engine.call(api.views.remove, { params: { project, name } });
    await refresh(project);
  }

  /** The view that a project begins with, the first time that it is asked for. */
  function beginWith(project: string): View | undefined {
    if (begun.has(project)) return undefined;
    begun.add(project);
    return views.value.find(({ byDefault }) => byDefault);
  }

  return { views, refresh, save, remove, beginWith };
});
