import { isPending } from '../../../../shared/api/job-states.js';
import type { ArtifactRef } from '../../../../shared/project.js';
import type { JobRecord } from '../../project/job-store.js';
import type { Lane } from './kind.js';
import { kindOf } from './kinds/index.js';

type Waiting = Pick<JobRecord, 'id' | 'kind' | 'request' | 'state'>;

const keys = (refs: readonly ArtifactRef[] | undefined): string[] => (refs ?? []).map(({ kind, name }) => `${kind} ${name}`); // prettier-ignore

/**
 * The first job of a lane that can start: one that needs or makes what a job before it in the queue makes waits for that
 * one, also where the other works in another lane or is paused. `jobs` stand in the order of the queue.
 */
export function firstReady<Job extends Waiting>(jobs: readonly Job[], lane: Lane): Job | undefined {
  const coming = new Set<string>();
  for (const job of jobs.filter(({ state }) => isPending(state))) {
    const { lane: own, needs, makes } = kindOf(job.kind);
    const made = keys(makes?.(job.request));
    const waits = [...keys(needs?.(job.request)), ...made].some((key) => coming.has(key));
    if (job.state === 'queued' && own === lane && !waits) return job;
    for (const key of made) coming.add(key);
  }
  return undefined;
}
