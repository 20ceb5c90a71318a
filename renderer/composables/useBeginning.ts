import { watch } from 'vue';
import { useRoute } from 'vue-router';
import { useNotices } from '../stores/notices.js';
import { useViews } from '../stores/views.js';
import type { ImageFilter } from './image-filter.js';

/** Shows a project's default view where the address asks for nothing else, the first time that the dataset is looked at. */
export function useBeginning(project: () => string, show: (filter: ImageFilter) => void): void {
  const [route, views, notices] = [useRoute(), useViews(), useNotices()];
  watch(
    project,
    (key) =>
      void notices.attempt(async () => {
        await views.refresh(key);
        const view = views.beginWith(key);
        if (view && Object.keys(route.query).length === 0) show(view.filter);
      }),
    { immediate: true },
  );
}
