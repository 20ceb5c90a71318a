import type { JobRequest } from '../../../../shared/api/job-requests.js';
import { actionsOf, isPending, nextState, type JobAction, type JobEvent } from '../../../../shared/api/job-states.js'; // prettier-ignore
import type { Job, JobLine } from '../../../../shared/api/jobs.js';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import { stageText } from '../../../../shared/locales/stage.js';
import { stageKey, type OnProgress } from '../../../../shared/progress.js';
import type { JobPlan, JobRecord } from '../../project/job-store.js';
import type { Project } from '../../project/project.js';
import type { Seal } from '../../services/machine-seal.js';
import { lanes as laneNames } from './kind.js';
import { kindOf } from './kinds/index.js';
import type { Lanes } from './lanes.js';
import { isOwn, sealOf, takeOver } from './own.js';
import { firstReady } from './ready.js';
import { atRest, keptResult, type Work } from './work.js';

/** Runs the task of a job; `runTask` of a worker thread, or something quicker in a test. */
export type RunPlan = (task: JobRecord['kind'], plan: JobPlan, signal: AbortSignal, onProgress: OnProgress) => Promise<unknown>; // prettier-ignore

export interface QueueOptions {
  lanes: Lanes;
  run: RunPlan;
  /** The machine's mark on plans: only what bears it is done without being asked for. */
  seal: Seal;
  /** Told of every change of a job and of its progress; null for one that was removed. */
  onJob(id: number, job: Job | null): void;
}

/** Milliseconds between writes of progress to the index: a killed engine forgets no more than this. */
const SAVE_EVERY = 2000;

/**
 * The jobs of a project: one at a time in each lane, in the order of the queue. All that is to outlive the process is in
 * the index before anything happens, so that an engine that was killed finds its jobs again. Only one process may hold
 * the queue of a project.
 */
export class JobQueue {
  readonly #project: Project;
  readonly #options: QueueOptions;
  readonly #working = new Map<number, Work>();
  readonly #leave: () => void;
  #closed = false;

  /** Takes up the queue where an engine before it left it. */
  constructor(project: Project, options: QueueOptions) {
    this.#project = project;
    this.#options = options;
    takeOver(project, options.seal, (id, text) => this.#note(id, text));
    this.#leave = options.lanes.onFree(() => this.#pump());
    this.#pump();
  }

  get #store(): Project['store']['jobs'] {
    return this.#project.store.jobs;
  }

  list(): Job[] {
    return this.#store.list().map((job) => this.#shown(job));
  }

  /** Throws `job-missing`. */
  get(id: number): Job {
    return this.#shown(this.#record(id));
  }

  /** The latest lines of a job's log, the oldest first. */
  lines(id: number): JobLine[] {
    return this.#store.lines(id);
  }

  /** Puts a job at the end. Throws what its kind finds wrong with the request. */
  add(request: JobRequest): Job {
    const plan = kindOf(request.kind).plan(this.#project, request);
    const id = this.#store.add(request, plan, new Date().toISOString());
    this.#plan({ id, request, plan });
    this.#tell(id);
    this.#pump();
    return this.get(id);
  }

  /**
   * Throws `job-state` where the job is in no state for it, `job-missing`; resuming a job of another machine, which is
   * planned anew, also what its kind finds wrong with the request.
   */
  act(id: number, action: JobAction): Job {
    const job = this.#record(id);
    const possible = nextState(job.state, action) !== null;
    if (possible && action === 'resume' && !isOwn(this.#project, this.#options.seal, job)) {
      this.#plan({ ...job, plan: kindOf(job.kind).plan(this.#project, job.request) });
    }
    this.#happen(id, action);
    this.#note(id, action);
    this.#working.get(id)?.abort.abort();
    this.#pump();
    return this.get(id);
  }

  /** Puts a waiting job before another one that waits, or at the end. Throws `job-missing`, `job-state`. */
  move(id: number, before: number | null): Job[] {
    const waiting = this.#store.list().filter(({ state }) => isPending(state)).map((job) => job.id); // prettier-ignore
    for (const asked of before === null ? [id] : [id, before]) {
      this.#record(asked);
      if (!waiting.includes(asked)) throw this.#refusal(asked, 'be moved');
    }
    const others = waiting.filter((other) => other !== id);
    const at = before === null || before === id ? others.length : others.indexOf(before);
    this.#store.arrange(before === id ? waiting : others.toSpliced(at, 0, id));
    this.#tell(id);
    this.#pump();
    return this.list();
  }

  /** Takes a job that has ended off the list. Throws `job-missing`, `job-state`. */
  remove(id: number): void {
    if (isPending(this.#record(id).state)) throw this.#refusal(id, 'be removed');
    this.#store.remove(id);
    this.#options.onJob(id, null);
  }

  /** Pauses what runs, and resolves when its checkpoints are written. Nothing may be called afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#leave();
    for (const [id, { abort }] of this.#working) {
      const paused = nextState(this.#record(id).state, 'pause');
      if (paused) this.#store.update(id, { state: paused });
      abort.abort();
    }
    await Promise.all([...this.#working.values()].map(({ ended }) => ended));
  }

  #plan(job: Pick<JobRecord, 'id' | 'request' | 'plan'>): void {
    this.#store.plan(job.id, job.plan, sealOf(this.#project, this.#options.seal, job));
  }

  #pump(): void {
    for (const lane of laneNames) {
      const job = this.#closed ? undefined : firstReady(this.#store.list(), lane);
      if (!job || !this.#options.lanes.take(lane)) continue;
      try {
        this.#start(job);
      } catch (error) {
        this.#working.delete(job.id);
        this.#options.lanes.free(lane);
        throw error;
      }
    }
  }

  #start(job: JobRecord): void {
    const { lane, again } = kindOf(job.kind);
    const now = Date.now();
    const work: Work = { abort: new AbortController(), ended: Promise.resolve(), startedMs: now, progress: null, savedMs: now }; // prettier-ignore
    this.#working.set(job.id, work);
    this.#happen(job.id, 'start', {
      starts: job.starts + 1,
      startedAt: new Date(now).toISOString(),
      error: null,
    });
    this.#note(job.id, job.starts === 0 ? 'started' : 'taken up again');
    const run = async (): Promise<unknown> => {
      const plan = job.starts > 0 && again ? again(this.#project, job) : job.plan;
      return this.#options.run(job.kind, plan, work.abort.signal, (progress) => this.#onProgress(job.id, work, progress)); // prettier-ignore
    };
    work.ended = run()
      .then(
        (result) => this.#end(job.id, work, 'finished', { result: keptResult(result) }),
        (error: unknown) => this.#fail(job.id, work, error),
      )
      // Where the index cannot be written, the job stays as it was left and the next engine finds it so.
      .catch(() => this.#working.delete(job.id))
      .then(() => this.#options.lanes.free(lane));
  }

  #onProgress(id: number, work: Work, progress: Parameters<OnProgress>[0]): void {
    const before = work.progress;
    work.progress = progress;
    const now = Date.now();
    // The first one at once: it tells that there are files of its own.
    if (before === null || now - work.savedMs >= SAVE_EVERY) {
      this.#store.update(id, { begun: true, progress });
      work.savedMs = now;
    }
    if (stageKey(before) !== stageKey(progress)) this.#note(id, stageText(progress));
    this.#tell(id);
  }

  #fail(id: number, work: Work, error: unknown): void {
    const details = errorDetails(error);
    if (details.code === 'interrupted' && work.abort.signal.aborted) this.#end(id, work, 'interrupted', {});
    else {
      this.#note(id, `${details.message}${details.remedy ? ` ${details.remedy}` : ''}`);
      this.#end(id, work, 'broken', { error: details });
    }
  }

  #end(id: number, work: Work, event: JobEvent, outcome: Partial<JobRecord>): void {
    this.#working.delete(id);
    const { seconds, progress } = this.#record(id);
    this.#happen(id, event, {
      ...outcome,
      seconds: seconds + (Date.now() - work.startedMs) / 1000,
      progress: atRest(work.progress ?? progress),
    });
    this.#note(id, this.#record(id).state);
  }

  #happen(id: number, event: JobEvent, changes: Partial<JobRecord> = {}): void {
    const state = nextState(this.#record(id).state, event);
    if (state === null) throw this.#refusal(id, event);
    const endedAt = isPending(state) ? null : new Date().toISOString();
    this.#store.update(id, { ...changes, state, endedAt });
    this.#tell(id);
  }

  #record(id: number): JobRecord {
    const job = this.#store.get(id);
    if (job) return job;
    throw new StudioError({ code: 'job-missing', message: `there is no job ${id}`, remedy: 'Look at the list of jobs.' }); // prettier-ignore
  }

  #refusal(id: number, what: string): StudioError {
    const { state } = this.#record(id);
    const possible = actionsOf(state);
    return new StudioError({
      code: 'job-state',
      message: `a job that is ${state} cannot ${what}`,
      remedy: possible.length > 0 ? `It can ${possible.join(' or ')}.` : 'Add a new job instead.',
    });
  }

  #note(id: number, text: string): void {
    this.#store.addLine(id, { time: new Date().toISOString(), text });
  }

  #tell(id: number): void {
    this.#options.onJob(id, this.get(id));
  }

  #shown({ plan: _plan, seal: _seal, begun: _begun, ...job }: JobRecord): Job {
    const work = this.#working.get(job.id);
    const worked = work ? (Date.now() - work.startedMs) / 1000 : 0;
    return {
      ...job,
      actions: actionsOf(job.state),
      progress: work ? (work.progress ?? atRest(job.progress)) : atRest(job.progress),
      seconds: job.seconds + worked,
    };
  }
}
