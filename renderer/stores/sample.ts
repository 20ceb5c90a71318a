import { until } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { api, isPending, type Job } from '../../shared/api/index.js';
import { StudioError } from '../../shared/errors.js';
import { engine } from '../api/engine.js';
import { useJobs } from './jobs.js';

/** The sample project: made and filled by the engine where it is not there yet, and then opened. */
export const useSample = defineStore('sample', () => {
  const jobs = useJobs();
  const busy = ref(false);
  const error = shallowRef<unknown>(null);
  const stopped = ref(false);
  const started = shallowRef<Job | null>(null);
  const job = computed(() => (started.value ? (jobs.jobs.get(started.value.id) ?? started.value) : null));
  /** 0 to 100. */
  const percent = computed(() => job.value?.progress?.done ?? 0);

  async function filled(): Promise<boolean> {
    const { state, error: reason } = await until(() => job.value!).toMatch((one) => !isPending(one.state) || one.state === 'paused'); // prettier-ignore
    if (reason) throw new StudioError(reason);
    stopped.value = state !== 'done';
    return state === 'done';
  }

  /** The key of the sample, once it is complete; null where that went wrong (`error`), or it was stopped. */
  async function open(): Promise<string | null> {
    if (busy.value) return null;
    busy.value = true;
    [error.value, stopped.value, started.value] = [null, false, null];
    try {
      const answer = await engine.call(api.projects.sample, { body: {} });
      if (answer.job === null) return answer.project.key;
      started.value = answer.job;
      jobs.follow(answer.project.key, answer.job.id);
      // It may have been known as paused.
      jobs.take({ type: 'job', job: answer.job });
      return (await filled()) ? answer.project.key : null;
    } catch (reason) {
      error.value = reason;
      return null;
    } finally {
      [busy.value, started.value] = [false, null];
    }
  }

  return { busy, error, stopped, job, percent, open };
});
