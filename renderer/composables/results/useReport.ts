import { computed, watch, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { z } from 'zod';
import { api, isPending } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { shellBridge } from '../../shell/bridge.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices, type NoticeAction } from '../../stores/notices.js';
import { copyText } from '../keep-text.js';

/** What the job ends with, as far as it is used here. */
const writtenSchema = z.object({ report: z.string() });

interface Report {
  /** Whether one is being written or waits for that. */
  busy: ComputedRef<boolean>;
  start(): Promise<void>;
}

/** Has an evaluation written as a page with pictures and as tables, and says where they are once they are there. */
export function useReport(project: () => string, evaluation: () => string): Report {
  const { t } = useI18n();
  const [jobs, notices, bridge] = [useJobs(), useNotices(), shellBridge()];
  const job = computed(() =>
    [...jobs.jobs.values()]
      .filter(({ request }) => request.kind === 'report' && request.evaluation === evaluation())
      .sort((a, b) => b.id - a.id)
      .at(0),
  );

  /** The desktop shows the file where it lies; in a browser its path can be copied. */
  function offer(path: string): NoticeAction {
    if (bridge) return { label: t('path.reveal'), run: () => void notices.attempt(() => bridge.reveal(path)) };
    return { label: t('path.copy'), run: () => notices.say(t(copyText(path) ? 'path.copied' : 'report.notCopied')) };
  }
  watch([() => job.value?.id, () => job.value?.state] as const, ([id, state], [idBefore, stateBefore]) => {
    if (id !== idBefore || stateBefore === state || !job.value) return;
    if (state === 'failed') notices.error = job.value.error;
    const written = state === 'done' ? writtenSchema.safeParse(job.value.result).data : undefined;
    if (written) notices.say(t('results.written', { name: evaluation() }), offer(written.report));
  });
  return {
    busy: computed(() => job.value !== undefined && isPending(job.value.state)),
    async start() {
      await notices.attempt(async () => {
        const body = { kind: 'report', evaluation: evaluation() } as const;
        jobs.take({ type: 'job', job: await engine.call(api.jobs.add, { params: { project: project() }, body }) });
      });
    },
  };
}
