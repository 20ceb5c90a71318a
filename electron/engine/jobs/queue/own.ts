import { isPending, isWorking, nextState } from '../../../../shared/api/job-states.js';
import type { JobRecord } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';
import type { Seal } from '../../services/machine-seal.js';

type Planned = Pick<JobRecord, 'id' | 'request' | 'plan'>;

const sealed = ({ root }: Project, { id, request, plan }: Planned): string => JSON.stringify([root, id, request, plan]);

/** The machine's mark on a job: on what was asked for, what came of it, and where. */
export const sealOf = (project: Project, seal: Seal, job: Planned): string => seal.of(sealed(project, job));

/** Whether this machine has planned the job, in this folder. */
export const isOwn = (project: Project, seal: Seal, job: JobRecord): boolean =>
  seal.isOn(sealed(project, job), job.seal);

/**
 * Takes up the jobs that an engine left when it died: they wait to go on where they were. Jobs of another machine, or of a
 * folder that was moved or copied, are paused: a project of strangers makes nobody's machine work or write.
 */
export function takeOver(project: Project, seal: Seal, note: (id: number, text: string) => void): void {
  const { jobs } = project.store;
  jobs.dropUnreadable();
  for (const job of jobs.list().filter(({ state }) => isPending(state))) {
    if (!isOwn(project, seal, job)) {
      jobs.update(job.id, { state: 'paused' });
      note(job.id, 'asked for on another machine or in another folder: waits to be resumed');
    } else if (isWorking(job.state)) {
      jobs.update(job.id, { state: nextState(job.state, 'recovered')! });
      note(job.id, 'the engine ended while this was running');
    }
  }
}
