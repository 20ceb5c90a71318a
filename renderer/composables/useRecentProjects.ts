import { computed, onMounted, shallowRef, type ComputedRef } from 'vue';
import { api } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { usePreferences } from '../stores/preferences.js';
import { useProject } from '../stores/project.js';

interface RecentProject {
  root: string;
  name: string;
  /** Whether its folder holds no project any more. */
  missing: boolean;
}

interface RecentProjects {
  /** Those that are not open now, the latest first. */
  recent: ComputedRef<RecentProject[]>;
  /** Takes one off the list; its folder stays as it is. */
  forget(root: string): void;
}

/** Projects that were opened before, and which of them are still where they were. */
export function useRecentProjects(): RecentProjects {
  const [project, preferences] = [useProject(), usePreferences()];
  const gone = shallowRef(new Set<string>());
  const closed = computed(() => preferences.recentFolders.filter(({ root }) => project.open.every((one) => one.root !== root))); // prettier-ignore

  onMounted(async () => {
    const folders = preferences.recentFolders.map(({ root }) => root);
    if (folders.length === 0) return;
    // Where the engine does not tell, none is called gone.
    const answer = await engine.call(api.projects.present, { body: { folders } }).catch(() => null);
    gone.value = new Set(folders.filter((_, i) => answer?.present[i] === false));
  });

  return {
    recent: computed(() => closed.value.map((one) => ({ ...one, missing: gone.value.has(one.root) }))),
    forget(root) {
      preferences.recentFolders = preferences.recentFolders.filter((one) => one.root !== root);
    },
  };
}
