import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { useProject } from '../stores/project.js';

/** Whether the frame shows a project around the screen: one of its own screens, or the settings that were opened from it. */
export function useInProject(): ComputedRef<boolean> {
  const [route, project] = [useRoute(), useProject()];
  return computed(() => typeof route.params.project === 'string' || (route.name === 'settings' && project.key !== ''));
}
