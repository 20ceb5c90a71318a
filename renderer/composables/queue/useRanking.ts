import { computed, type ComputedRef } from 'vue';
import { api, isPending, type Job } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';

interface Ranking {
  /** The latest job that orders the masks of the set; undefined where there is none. */
  job: ComputedRef<Job | undefined>;
  busy: ComputedRef<boolean>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Has the masks of a set ordered for review. */
export function useRanking(project: () => string, set: () => string): Ranking {
  const [jobs, notices] = [useJobs(), useNotices()];
  const job = computed(() =>
    [...jobs.jobs.values()]
      .filter(({ request }) => request.kind === 'rank' && request.masks === set())
      .sort((a, b) => b.id - a.id)
      .at(0),
  );
  return {
    job,
    busy: computed(() => job.value !== undefined && isPending(job.value.state)),
    async start() {
      await notices.attempt(async () => {
        const body = { kind: 'rank', masks: set() } as const;
        jobs.take({ type: 'job', job: await engine.call(api.jobs.add, { params: { project: project() }, body }) });
      });
    },
    async stop() {
      const { value } = job;
      if (value) await notices.attempt(() => jobs.act(value.id, 'cancel'));
    },
  };
}
