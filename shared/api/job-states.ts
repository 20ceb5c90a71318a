/**
 * `pausing`, `stopping` and `cancelling` wait for the work to reach a place where it can be left. `paused`, `stopped` and
 * `failed` can be taken up again; `stopped` counts as a result, `cancelled` as none.
 */
export const jobStates = [
  'queued',
  'running',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'cancelling',
  'cancelled',
  'done',
  'failed',
] as const;
export type JobState = (typeof jobStates)[number];

/** What a person can ask of a job. */
export const jobActions = ['pause', 'resume', 'stop', 'cancel'] as const;
export type JobAction = (typeof jobActions)[number];

/** What happens to a job: an action, its start and its end, or an engine that starts after one that died. */
export type JobEvent = JobAction | 'start' | 'finished' | 'interrupted' | 'broken' | 'recovered';

/** Under an action that waits for the work to end, work that ends by itself first counts as what it is. */
const ended = { finished: 'done', broken: 'failed' } as const;

/** Every change there is; what is not in it is refused. */
const changes: Readonly<Record<JobState, Partial<Record<JobEvent, JobState>>>> = {
  queued: { start: 'running', pause: 'paused', cancel: 'cancelled' },
  // Interrupted without being asked, the engine was being closed: the work goes on when it is there again.
  running: { pause: 'pausing', stop: 'stopping', cancel: 'cancelling', interrupted: 'queued', recovered: 'queued', ...ended }, // prettier-ignore
  pausing: { stop: 'stopping', cancel: 'cancelling', interrupted: 'paused', recovered: 'paused', ...ended },
  paused: { resume: 'queued', stop: 'stopped', cancel: 'cancelled' },
  stopping: { cancel: 'cancelling', interrupted: 'stopped', recovered: 'stopped', ...ended },
  stopped: { resume: 'queued', cancel: 'cancelled' },
  cancelling: { interrupted: 'cancelled', recovered: 'cancelled', finished: 'done', broken: 'cancelled' },
  cancelled: {},
  done: {},
  failed: { resume: 'queued', cancel: 'cancelled' },
};

/** The state after an event, or null where the event cannot happen to a job in that state. */
export const nextState = (state: JobState, event: JobEvent): JobState | null => changes[state][event] ?? null;

/** What can be asked of a job in that state. */
export const actionsOf = (state: JobState): JobAction[] => jobActions.filter((action) => changes[state][action]);

/** Whether its work is under way, so that a thread computes. */
export const isWorking = (state: JobState): boolean => changes[state].interrupted !== undefined;

/** Whether it still stands in the queue: what it makes may yet come without anyone asking again, or after a resume. */
export const isPending = (state: JobState): boolean => state === 'queued' || state === 'paused' || isWorking(state);
