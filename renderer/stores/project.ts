import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, type AnswerOf, type OpenProject } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { usePreferences } from './preferences.js';

export type ProjectInfo = AnswerOf<typeof api.projects.info>;

/** Recent projects that are offered. */
const RECENT = 8;

/** The projects that the engine has open, and the figures of the one that is shown. */
export const useProject = defineStore('project', () => {
  const preferences = usePreferences();
  const open = shallowRef<OpenProject[]>([]);
  const info = shallowRef<ProjectInfo | null>(null);
  const error = shallowRef<unknown>(null);
  const key = ref('');

  const classNames = computed(() => info.value?.classes.map(({ name }) => name) ?? []);

  function remember({ root, name }: OpenProject): void {
    const others = preferences.recentFolders.filter((recent) => recent.root !== root);
    preferences.recentFolders = [{ root, name }, ...others].slice(0, RECENT);
  }

  async function refreshOpen(): Promise<void> {
    open.value = (await engine.call(api.projects.list, {})).projects;
  }

  /** Opens a project folder of the machine. Throws what the engine says against it. */
  async function openFolder(folder: string): Promise<OpenProject> {
    const project = await engine.call(api.projects.open, { body: { folder } });
    remember(project);
    await refreshOpen();
    return project;
  }

  /** Figures of a project, which becomes the one that is shown. What went wrong stands in `error`. */
  async function show(project: string): Promise<void> {
    if (project !== key.value) info.value = null;
    key.value = project;
    try {
      const found = await engine.call(api.projects.info, { params: { project } });
      if (project !== key.value) return;
      info.value = found;
      error.value = null;
      remember(found);
    } catch (reason) {
      error.value = reason;
    }
  }

  return { open, info, error, key, classNames, refreshOpen, openFolder, show };
});
