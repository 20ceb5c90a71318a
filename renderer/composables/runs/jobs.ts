import { isPending, isWorking, type Job, type JobRequest } from '../../../shared/api/index.js';
import type { ErrorDetails } from '../../../shared/errors.js';
import type { Run } from './comparison.js';
import { freeName } from './request-fields.js';

/** Jobs as a list shows them. */
export interface JobGroups {
  working: Job[];
  /** Those that wait or are paused, in the order of the queue. */
  waiting: Job[];
  ended: Job[];
}

export const groupedJobs = (jobs: readonly Job[]): JobGroups => ({
  working: jobs.filter(({ state }) => isWorking(state)),
  waiting: jobs.filter(({ state }) => isPending(state) && !isWorking(state)),
  ended: jobs.filter(({ state }) => !isPending(state)),
});

/** Before which job a waiting one has to be put to go a place up (-1) or down (1); undefined where it cannot. */
export function placeBefore(waiting: readonly Pick<Job, 'id'>[], id: number, step: -1 | 1): number | null | undefined {
  const at = waiting.findIndex((job) => job.id === id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= waiting.length) return undefined;
  return step < 0 ? waiting[to].id : (waiting[to + 1]?.id ?? null);
}

/** Whether a request trains a run, of a classifier or a segmenter. */
export const isTraining = (request: Job['request']): request is JobRequest<'train' | 'segment-train'> =>
  request.kind === 'train' || request.kind === 'segment-train';

/** The latest training of a run. */
export const jobOfRun = (jobs: readonly Job[], run: string): Job | undefined =>
  jobs.filter(({ request }) => isTraining(request) && request.run === run).sort((a, b) => b.id - a.id)[0];

/** How a run stands, by its latest job, else by its files. */
export function runState(run: Pick<Run, 'origin' | 'metrics'>, job: Job | undefined): Job['state'] | 'imported' {
  if (run.origin === 'imported') return 'imported';
  return job?.state ?? (run.metrics ? 'done' : 'stopped');
}

/** Whether an error says that memory ran out. */
export const isOutOfMemory = ({ message }: Pick<ErrorDetails, 'message'>): boolean =>
  /out of memory|\bOOM\b|RESOURCE_?EXHAUSTED|ENOMEM|ERR_WORKER_OUT_OF_MEMORY|heap limit|failed to allocate/i.test(
    message,
  );

/**
 * The training again with half as many pairs computed at once, which is the same but for rounding. Null where there was but
 * one. A run that has begun keeps its place, and the new one gets a name of its own.
 */
export function withLessMemory(
  job: Job,
  run: Run | undefined,
  settings: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Job['request'] | null {
  // prettier-ignore
  const { request } = job;
  if (!isTraining(request)) return null;
  const atOnce = Number(settings.microBatch) || Number(settings.batchSize);
  if (!(atOnce > 1)) return null;
  const begun = run !== undefined && (run.epochs.length > 0 || run.loss !== null);
  return {
    ...request,
    run: begun ? freeName(request.run, names) : request.run,
    mode: begun ? 'new' : request.mode,
    settings: { ...request.settings, microBatch: Math.floor(atOnce / 2) },
  };
}
