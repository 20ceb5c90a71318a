import { useRouter } from 'vue-router';
import type { JobAction } from '../../../shared/api/index.js';
import type { Command } from '../../commands/registry.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';
import { useProject } from '../../stores/project.js';
import { useCommands } from '../useCommands.js';
import { queryOfPlace } from './place.js';
import { formKinds } from './request-fields.js';

/** What can be asked about jobs on every screen of a project: new ones, and the one that works or is paused. */
export function useJobCommands(): void {
  const [router, project, jobs, notices] = [useRouter(), useProject(), useJobs(), useNotices()];
  const scope = 'everywhere';
  const when = (): boolean => project.key !== '';
  const paused = () => [...jobs.jobs.values()].find(({ state }) => state === 'paused');
  const act = (job: number | undefined, action: JobAction): void =>
    void (job !== undefined && notices.attempt(() => jobs.act(job, action)));
  const toRuns = (query = {}): void => void router.push({ name: 'runs', params: { project: project.key }, query });
  useCommands([
    { id: 'go.runs', scope, text: 'runs.command.go', keys: ['Alt+4', 'Ctrl+J'], when, run: () => toRuns() },
    ...formKinds.map((kind): Command => ({
      id: `jobs.${kind}`,
      scope,
      text: `runs.command.${kind}`,
      keys: [],
      when,
      run: () => toRuns(queryOfPlace({ at: 'new', kind, from: null })),
    })),
    {
      id: 'jobs.pause',
      scope,
      text: 'runs.command.pause',
      keys: [],
      when: () => jobs.working?.actions.includes('pause') ?? false,
      run: () => act(jobs.working?.id, 'pause'),
    },
    {
      id: 'jobs.resume',
      scope,
      text: 'runs.command.resume',
      keys: [],
      when: () => paused() !== undefined,
      run: () => act(paused()?.id, 'resume'),
    },
  ]);
}
