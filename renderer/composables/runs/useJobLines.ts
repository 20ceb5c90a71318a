import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type Job, type JobLine } from '../../../shared/api/index.js';
import { stageKey } from '../../../shared/progress.js';
import { engine } from '../../api/engine.js';
import { useNotices } from '../../stores/notices.js';

/** The log of a job, asked for again whenever its state or stage changes. */
export function useJobLines(
  project: MaybeRefOrGetter<string>,
  job: MaybeRefOrGetter<Job | undefined>,
): ShallowRef<JobLine[]> {
  const notices = useNotices();
  const lines = shallowRef<JobLine[]>([]);
  let latest = 0;
  watch(
    [
      () => toValue(project),
      () => toValue(job)?.id,
      () => toValue(job)?.state,
      () => stageKey(toValue(job)?.progress),
    ] as const,
    async ([key, id]) => {
      const mine = ++latest;
      if (id === undefined) return void (lines.value = []);
      await notices.attempt(async () => {
        const { log } = await engine.call(api.jobs.get, { params: { project: key, job: id } });
        if (mine === latest) lines.value = log;
      });
    },
    { immediate: true },
  );
  return lines;
}
