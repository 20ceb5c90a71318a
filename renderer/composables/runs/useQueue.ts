import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { api, type Job } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useProject } from '../../stores/project.js';
import { placeBefore, groupedJobs, type JobGroups } from './jobs.js';

interface Queue {
  jobs: ComputedRef<Job[]>;
  groups: ComputedRef<JobGroups>;
  /** Whether the list has come. */
  ready: ComputedRef<boolean>;
  error: ShallowRef<unknown>;
  /** Puts a waiting job a place up or down. Throws what the engine says against it. */
  move(id: number, step: -1 | 1): Promise<void>;
  /** Takes an ended job off the list. */
  remove(id: number): Promise<void>;
}

/** All jobs of the shown project in the order of the queue, those that have ended as well, as they are now. */
export function useQueue(): Queue {
  const [project, store] = [useProject(), useJobs()];
  const order = shallowRef<number[] | null>(null);
  const error = shallowRef<unknown>(null);
  const jobs = computed(() => (order.value ?? []).flatMap((id) => store.jobs.get(id) ?? []));
  const groups = computed(() => groupedJobs(jobs.value));
  const params = () => ({ project: project.key });

  function take(all: Job[]): void {
    for (const job of all) store.take({ type: 'job', job });
    order.value = all.map(({ id }) => id);
  }
  // Who waits before whom is known to the engine alone; states change far less often than progress.
  const states = computed(() => [...store.jobs.values()].map(({ id, state }) => `${id} ${state}`).join());
  watch(
    () => [project.key, states.value, store.connected] as const,
    async ([key], before) => {
      if (!key) return;
      if (before?.[0] !== key) order.value = null;
      try {
        const { jobs: all } = await engine.call(api.jobs.list, { params: { project: key } });
        if (key === project.key) [error.value] = [null, take(all)];
      } catch (reason) {
        error.value = reason;
      }
    },
    { immediate: true },
  );

  async function move(id: number, step: -1 | 1): Promise<void> {
    const before = placeBefore(groups.value.waiting, id, step);
    if (before === undefined) return;
    take((await engine.call(api.jobs.move, { params: { ...params(), job: id }, body: { before } })).jobs);
  }
  async function remove(id: number): Promise<void> {
    await engine.call(api.jobs.remove, { params: { ...params(), job: id } });
    store.take({ type: 'job-removed', id });
  }

  return { jobs, groups, ready: computed(() => order.value !== null), error, move, remove };
}
