import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { Lanes } from '../../electron/engine/jobs/queue/lanes.js';
import { JobQueue, type RunPlan } from '../../electron/engine/jobs/queue/queue.js';
import type { JobPlan } from '../../electron/engine/project/job-store.js';
import { sealBy } from '../../electron/engine/services/machine-seal.js';
import { openProject, type Project } from '../../electron/engine/project/project.js';
import type { JobRequest } from '../../shared/api/job-requests.js';
import { jobRequestSchema } from '../../shared/api/job-requests.js';
import type { Job } from '../../shared/api/jobs.js';
import { StudioError } from '../../shared/errors.js';
import type { Progress } from '../../shared/progress.js';

/** A task that runs in name only: the test says when it tells of progress and how it ends. */
export interface FakeTask {
  kind: string;
  plan: JobPlan;
  signal: AbortSignal;
  progress(progress?: Partial<Progress>): void;
  finish(result?: unknown): Promise<void>;
  fail(error: unknown): Promise<void>;
}

export interface FakeQueue {
  queue: JobQueue;
  project: Project;
  /** Tasks that run now. */
  running: FakeTask[];
  /** Every change that was told. */
  told: (Job | null)[];
}

/** The mark of the machine of tests. */
export const testSeal = sealBy(new Uint8Array(32));

/** Lets everything that has been settled be heard of. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await turn();
}

/** The queue of a project with tasks that the test plays; they end as interrupted when they are aborted. */
export function fakeQueue(folder: string, seal = testSeal): FakeQueue {
  const project = openProject(folder);
  onTestFinished(() => project.close());
  const running: FakeTask[] = [];
  const told: (Job | null)[] = [];
  const run: RunPlan = (kind, plan, signal, onProgress) =>
    new Promise((resolve, reject) => {
      const leave = (): void => void running.splice(running.indexOf(task), 1);
      const task: FakeTask = {
        kind,
        plan,
        signal,
        progress: (progress) => onProgress({ stage: 'working', done: 1, total: 4, unit: 'images', ...progress }),
        async finish(result) {
          leave();
          resolve(result);
          await settle();
        },
        async fail(error) {
          leave();
          reject(error);
          await settle();
        },
      };
      running.push(task);
      signal.addEventListener('abort', () => {
        leave();
        reject(new StudioError({ code: 'interrupted', message: 'stopped' }));
      });
    });
  const queue = new JobQueue(project, { lanes: new Lanes(), run, seal, onJob: (_id, job) => void told.push(job) });
  return { queue, project, running, told };
}

/** A request with its defaults. */
export const jobRequest = (request: Record<string, unknown>): JobRequest => jobRequestSchema.parse(request);
