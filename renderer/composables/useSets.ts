import { createSharedComposable } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { useJobs } from '../stores/jobs.js';
import { useNotices } from '../stores/notices.js';
import { useProject } from '../stores/project.js';

type Sets = AnswerOf<typeof api.sets.list>['sets'];

/** What the shown project has made, asked for once for all that show it, and again when a job has made more. */
export const useSets = createSharedComposable((): ShallowRef<Sets> => {
  const [project, jobs, notices] = [useProject(), useJobs(), useNotices()];
  const sets = shallowRef<Sets>([]);
  watch(
    () => [project.key, jobs.changes.sets] as const,
    ([key]) =>
      key &&
      void notices.attempt(async () => {
        sets.value = (await engine.call(api.sets.list, { params: { project: key } })).sets;
      }),
    { immediate: true },
  );
  return sets;
});
