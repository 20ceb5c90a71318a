import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, isPending, type Job, type RequestOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';

type JobBody = RequestOf<typeof api.jobs.add>['body'];
export type RemaskBody = Omit<Extract<JobBody, { kind: 'remask' }>, 'kind' | 'count'>;

/** What a change of masks comes to. */
export interface RemaskCount {
  images: number;
  pixels: number;
}

export interface Remask {
  /** What would change; null before it is counted. */
  counted: ComputedRef<RemaskCount | null>;
  counting: ComputedRef<boolean>;
  applying: ComputedRef<boolean>;
  /** The job that counts or applies, while it does. */
  job: ComputedRef<Job | undefined>;
  count(): Promise<void>;
  apply(): Promise<void>;
}

function countOf(job: Job | undefined): RemaskCount | null {
  const result =
    job?.state === 'done' ? (job.result as { changedImages?: number; changedPixels?: number } | null) : null;
  return result ? { images: result.changedImages ?? 0, pixels: result.changedPixels ?? 0 } : null;
}

/** Derives masks of a set anew with the settings in hand: counted first, then applied. Another request begins anew. */
export function useRemask(project: MaybeRefOrGetter<string>, asked: MaybeRefOrGetter<RemaskBody | null>): Remask {
  const [jobs, notices] = [useJobs(), useNotices()];
  const countJob: ShallowRef<number | null> = shallowRef(null);
  const applyJob: ShallowRef<number | null> = shallowRef(null);
  const jobOf = (id: number | null): Job | undefined => (id === null ? undefined : jobs.jobs.get(id));
  const pending = (id: number | null): boolean => {
    const job = jobOf(id);
    return job !== undefined && isPending(job.state);
  };

  async function start(count: boolean): Promise<number | null> {
    const wanted = toValue(asked);
    let id: number | null = null;
    if (!wanted) return id;
    await notices.attempt(async () => {
      const body: JobBody = { ...wanted, kind: 'remask', count };
      const job = await engine.call(api.jobs.add, { params: { project: toValue(project) }, body });
      jobs.take({ type: 'job', job });
      id = job.id;
    });
    return id;
  }
  /** A job that only counted is of no use in the list. */
  const forget = (id: number): void =>
    void engine.call(api.jobs.remove, { params: { project: toValue(project), job: id } }).catch(() => undefined);

  watch(
    () => JSON.stringify(toValue(asked)),
    () => {
      if (countJob.value !== null && !pending(countJob.value)) forget(countJob.value);
      [countJob.value, applyJob.value] = [null, null];
    },
  );
  return {
    counted: computed(() => countOf(jobOf(countJob.value))),
    counting: computed(() => pending(countJob.value)),
    applying: computed(() => pending(applyJob.value)),
    job: computed(() => [jobOf(applyJob.value), jobOf(countJob.value)].find((job) => job && isPending(job.state))),
    async count() {
      countJob.value = await start(true);
    },
    async apply() {
      applyJob.value = await start(false);
    },
  };
}
