import { isWorking, type Job } from '../../../shared/api/index.js';
import { shareDone } from '../../../shared/progress.js';
import type { EngineNews } from '../engine/supervisor.js';

/** What Electron takes for a task bar without progress, and for one whose end is not known. */
const NONE = -1;
const UNKNOWN = 2;

/** A job that ended by itself, and how. */
export interface EndedJob {
  job: Job;
  how: 'done' | 'stopped' | 'failed';
}

const outcomes = ['done', 'stopped', 'failed'] as const;

/** How far the jobs that work are, as a fraction; what Electron's setProgressBar takes. */
export function taskbarProgress(jobs: readonly Job[]): number {
  const working = jobs.filter(({ state }) => isWorking(state));
  if (working.length === 0) return NONE;
  const known = working.map(({ progress }) => shareDone(progress)).filter((share) => share !== null);
  return known.length === 0 ? UNKNOWN : known.reduce((sum, fraction) => sum + fraction, 0) / known.length;
}

/** The jobs of all open projects that are not over, as far as the engine has told. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();

  /** Takes in what the engine tells; returns the job where it has ended now, after it was seen at work. */
  take(news: EngineNews): EndedJob | null {
    if (news.type === 'project') return null;
    const key = `${news.project}/${news.type === 'job' ? news.job.id : news.id}`;
    const before = this.#jobs.get(key);
    if (news.type === 'job-removed') {
      this.#jobs.delete(key);
      return null;
    }
    const { job } = news;
    this.#jobs.set(key, job);
    const how = outcomes.find((outcome) => outcome === job.state);
    if (how === undefined) return null;
    this.#jobs.delete(key);
    return before && isWorking(before.state) ? { job, how } : null;
  }

  /** The engine is gone: what it told holds no more. */
  clear(): void {
    this.#jobs.clear();
  }

  all(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Jobs that work, or will without anyone asking again. */
  active(): Job[] {
    return this.all().filter(({ state }) => state === 'queued' || isWorking(state));
  }

  isWorking(): boolean {
    return this.all().some(({ state }) => isWorking(state));
  }
}
