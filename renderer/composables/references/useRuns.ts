import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';

type Run = AnswerOf<typeof api.runs.list>['runs'][number];

/** Runs of classifiers whose weights can be used, the newest names last; null until they are known. */
export function useRuns(project: MaybeRefOrGetter<string>): ShallowRef<readonly Run[] | null> {
  const [jobs, notices] = [useJobs(), useNotices()];
  const runs = shallowRef<readonly Run[] | null>(null);
  watch(
    [() => toValue(project), () => jobs.changes.runs] as const,
    ([key]) =>
      void notices.attempt(async () => {
        const found = await engine.call(api.runs.list, { params: { project: key } });
        runs.value = found.runs.filter(({ task, epochs, metrics, origin }) => task === 'classify' && (epochs.length > 0 || metrics || origin === 'imported')); // prettier-ignore
      }),
    { immediate: true },
  );
  return runs;
}
