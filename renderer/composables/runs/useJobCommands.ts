import type { JobAction } from '../../../shared/api/index.js';
import { offered } from '../../commands/command.js';
import { runsTable } from '../../commands/tables/runs.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';
import { useCommands } from '../useCommands.js';

/** What can be asked on every screen of the job that works or is paused. */
export function useJobCommands(): void {
  const [jobs, notices] = [useJobs(), useNotices()];
  const paused = () => [...jobs.jobs.values()].find(({ state }) => state === 'paused');
  const act = (job: number | undefined, action: JobAction): void =>
    void (job !== undefined && notices.attempt(() => jobs.act(job, action)));
  useCommands(
    offered(runsTable, {
      'jobs.pause': {
        when: () => jobs.working?.actions.includes('pause') ?? false,
        run: () => act(jobs.working?.id, 'pause'),
      },
      'jobs.resume': { when: () => paused() !== undefined, run: () => act(paused()?.id, 'resume') },
    }),
  );
}
