import { shallowRef, watch, type ShallowRef } from 'vue';
import { api } from '../../../shared/api/index.js';
import { stageKey } from '../../../shared/progress.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useProject } from '../../stores/project.js';
import type { MadeSet, Run } from './comparison.js';

/** Trainings and sets of the shown project, asked for again when a job has made more of them. Null before they come. */
export function useRuns(): { runs: ShallowRef<Run[] | null>; sets: ShallowRef<MadeSet[]>; error: ShallowRef<unknown> } {
  const [project, jobs] = [useProject(), useJobs()];
  const runs = shallowRef<Run[] | null>(null);
  const sets = shallowRef<MadeSet[]>([]);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch(
    // A training goes on from epoch to epoch: its curve grows with them.
    [
      () => project.key,
      () => jobs.changes.runs,
      () => jobs.changes.sets,
      () => stageKey(jobs.working?.progress),
    ] as const,
    async ([key], before) => {
      if (!key) return;
      if (before?.[0] !== key) [runs.value, sets.value] = [null, []];
      const mine = ++latest;
      const params = { project: key };
      try {
        const [found, made] = await Promise.all([engine.call(api.runs.list, { params }), engine.call(api.sets.list, { params })]); // prettier-ignore
        if (mine !== latest) return;
        const newest = found.runs.sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1));
        [runs.value, sets.value, error.value] = [newest, made.sets, null];
      } catch (reason) {
        if (mine === latest) error.value = reason;
      }
    },
    { immediate: true },
  );
  return { runs, sets, error };
}
