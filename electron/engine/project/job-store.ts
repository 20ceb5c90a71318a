import { z } from 'zod';
import type { JobKind, JobRequest } from '../../../shared/api/job-requests.js';
import { isPending, type JobState } from '../../../shared/api/job-states.js';
import { jobSchema, type JobLine } from '../../../shared/api/jobs.js';
import type { ErrorDetails } from '../../../shared/errors.js';
import type { Progress } from '../../../shared/progress.js';
import type { Queries } from './queries.js';

/** What a task is started with. */
export interface JobPlan {
  inputs: Record<string, unknown>;
  settings: Record<string, unknown>;
}

/** A job as the index keeps it. */
export interface JobRecord {
  id: number;
  kind: JobKind;
  /** As it was asked for. */
  request: JobRequest;
  /** What comes of the request, settings resolved: a later version's defaults do not change a job that waits. */
  plan: JobPlan;
  /** Mark of the machine that made the plan. */
  seal: string;
  state: JobState;
  /** Whether its task has told of progress: from then on there may be files of its own. */
  begun: boolean;
  /** Times it was started, and seconds it has worked in all of them. */
  starts: number;
  seconds: number;
  progress: Progress | null;
  result: unknown;
  error: ErrorDetails | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

interface JobRow {
  id: number;
  kind: JobKind;
  request: string;
  plan: string;
  seal: string;
  state: JobState;
  begun: number;
  starts: number;
  seconds: number;
  progress: string | null;
  result: string | null;
  error: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

/** Lines of a job's log that are kept. */
const KEPT_LINES = 500;
/** Ended jobs that are listed. */
const LISTED = 500;

const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

function jobFromRow({ created_at, started_at, ended_at, ...row }: JobRow): JobRecord {
  const parsed = <Value>(text: string | null): Value | null => (text === null ? null : (JSON.parse(text) as Value));
  return {
    id: row.id,
    kind: row.kind,
    request: JSON.parse(row.request) as JobRequest,
    plan: JSON.parse(row.plan) as JobPlan,
    seal: row.seal,
    state: row.state,
    begun: row.begun !== 0,
    starts: row.starts,
    seconds: row.seconds,
    progress: parsed<Progress>(row.progress),
    result: parsed<unknown>(row.result),
    error: parsed<ErrorDetails>(row.error),
    createdAt: created_at,
    startedAt: started_at,
    endedAt: ended_at,
  };
}

function isReadable(row: JobRow): boolean {
  try {
    const { request, plan, ...job } = jobFromRow(row);
    const kept = jobSchema.omit({ actions: true }).safeParse({ ...job, request });
    const planned = z.object({ inputs: z.object({}), settings: z.object({}) }).safeParse(plan);
    return kept.success && planned.success && request.kind === job.kind;
  } catch {
    return false;
  }
}

/** Jobs of a project in the order of their queue, with their logs. It keeps them and knows nothing of running them. */
export class JobStore {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Puts a job at the end of the queue; returns its id. */
  add(request: JobRequest, plan: JobPlan, createdAt: string): number {
    const sql =
      'INSERT INTO jobs (kind, request, plan, state, place, created_at) ' +
      "SELECT ?, ?, ?, 'queued', ifnull(max(place), 0) + 1, ? FROM jobs RETURNING id";
    const values = [request.kind, JSON.stringify(request), JSON.stringify(plan), createdAt];
    return this.#queries.all<{ id: number }>(sql, ...values)[0].id;
  }

  /** Puts another plan in the place of a job's. */
  plan(id: number, plan: JobPlan, seal: string): void {
    this.#queries.run('UPDATE jobs SET plan = ?, seal = ? WHERE id = ?', JSON.stringify(plan), seal, id);
  }

  /** Takes off the list what is no job of this version: the index may be a stranger's, or damaged. */
  dropUnreadable(): void {
    for (const row of this.#queries.all<JobRow>('SELECT * FROM jobs')) if (!isReadable(row)) this.remove(row.id);
  }

  get(id: number): JobRecord | null {
    const [row] = this.#queries.all<JobRow>('SELECT * FROM jobs WHERE id = ?', id);
    return row ? jobFromRow(row) : null;
  }

  /** Jobs that wait or work in the order of the queue, then the latest of those that ended. */
  list(): JobRecord[] {
    const jobs = this.#queries.all<JobRow>('SELECT * FROM jobs ORDER BY place').map(jobFromRow);
    const ended = jobs.filter(({ state }) => !isPending(state));
    ended.sort((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? ''));
    return [...jobs.filter(({ state }) => isPending(state)), ...ended.slice(0, LISTED)];
  }

  /** Changes what is given of a job. */
  update(
    id: number,
    changes: Partial<Omit<JobRecord, 'id' | 'kind' | 'request' | 'plan' | 'seal' | 'createdAt'>>,
  ): void {
    const now = { ...this.get(id)!, ...changes };
    const sql =
      'UPDATE jobs SET state = ?, begun = ?, starts = ?, seconds = ?, progress = ?, result = ?, error = ?, ' +
      'started_at = ?, ended_at = ? WHERE id = ?';
    const documents = [now.progress, now.result, now.error].map(jsonOrNull);
    const { state, begun, starts, seconds, startedAt, endedAt } = now;
    this.#queries.run(sql, state, Number(begun), starts, seconds, ...documents, startedAt, endedAt, id);
  }

  /** Puts jobs into this order; the others keep their places. */
  arrange(ids: readonly number[]): void {
    this.#queries.transaction(() => {
      const places = ids.map((id) => this.#queries.all<{ place: number }>('SELECT place FROM jobs WHERE id = ?', id));
      const free = places.map(([{ place }]) => place).sort((a, b) => a - b);
      ids.forEach((id, i) => this.#queries.run('UPDATE jobs SET place = ? WHERE id = ?', free[i], id));
    });
  }

  remove(id: number): void {
    this.#queries.run('DELETE FROM jobs WHERE id = ?', id);
  }

  /** Adds a line to the log of a job, of which the latest are kept. */
  addLine(id: number, { time, text }: JobLine): void {
    const tooOld = 'SELECT number FROM job_lines WHERE job = ? ORDER BY number DESC LIMIT -1 OFFSET ?';
    this.#queries.transaction(() => {
      this.#queries.run('INSERT INTO job_lines (job, time, text) VALUES (?, ?, ?)', id, time, text);
      this.#queries.run(`DELETE FROM job_lines WHERE number IN (${tooOld})`, id, KEPT_LINES);
    });
  }

  /** The log of a job, the oldest line first. */
  lines(id: number): JobLine[] {
    const sql = 'SELECT time, text FROM job_lines WHERE job = ? ORDER BY number';
    return this.#queries.all<JobLine>(sql, id).map(({ time, text }) => ({ time, text }));
  }
}
