import { shallowRef, watch, type ShallowRef } from 'vue';
import { api } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { useJobs } from '../stores/jobs.js';
import { useNotices } from '../stores/notices.js';
import { useProject } from '../stores/project.js';

/** The scores of the shown project, asked for again when a job has made more. */
export function useScores(): ShallowRef<string[]> {
  const [project, jobs, notices] = [useProject(), useJobs(), useNotices()];
  const scores = shallowRef<string[]>([]);
  watch(
    () => [project.key, jobs.changes.sets, jobs.changes.runs] as const,
    ([key]) =>
      key &&
      void notices.attempt(async () => {
        scores.value = (await engine.call(api.images.scores, { params: { project: key } })).scores;
      }),
    { immediate: true },
  );
  return scores;
}
