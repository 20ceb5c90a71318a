import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isPending, type Job, type JobKind, type OpenProject, type Topic } from '../../../shared/api/index.js';
import { StudioError } from '../../../shared/errors.js';
import { Lanes } from '../jobs/queue/lanes.js';
import { JobQueue, type RunPlan } from '../jobs/queue/queue.js';
import { takeLock } from '../jobs/run/lock.js';
import { projectFolder } from '../project/project-file.js';
import { openProject, type Project } from '../project/project.js';
import type { Seal } from '../services/machine-seal.js';
import { Previews } from '../services/previews.js';
import { EventHub } from './event-hub.js';

/** A project that this engine serves. */
export interface Served {
  key: string;
  project: Project;
  queue: JobQueue;
  events: EventHub;
  previews: Previews;
  release(): void;
}

/** What a page has to ask for again when a job of that kind has done something. */
const changedBy: Readonly<Record<JobKind, Topic[]>> = {
  train: ['runs', 'sets'],
  localize: ['sets'],
  describe: ['references'],
  saliency: ['sets'],
  masks: ['sets', 'images'],
  'segment-train': ['runs', 'sets'],
  'segment-predict': ['sets', 'images'],
  remask: ['sets', 'images'],
  rank: ['images'],
  evaluate: ['sets'],
  report: [],
  export: [],
  import: ['images'],
  sample: ['images', 'runs', 'sets'],
};

/** Letters of a key: enough that two folders never share one. */
const KEY_LETTERS = 16;

/** The projects that are open, each with its queue. One engine serves a project; one device is shared by all of them. */
export class Workspace {
  readonly #served = new Map<string, Served>();
  readonly #listeners = new Set<(served: Served) => void>();
  readonly #lanes = new Lanes();
  readonly #run: RunPlan;
  readonly #seal: Seal;

  constructor(run: RunPlan, seal: Seal) {
    this.#run = run;
    this.#seal = seal;
  }

  /**
   * Opens a project by its folder or `.comask` file, or finds it open. Its queue goes on at once.
   * Throws what projectFolder and openProject throw, and `busy` where another process serves it.
   */
  open(folder: string): Served {
    const project = openProject(projectFolder(folder));
    const key = createHash('sha256').update(realpathSync(project.root)).digest('hex').slice(0, KEY_LETTERS);
    const known = this.#served.get(key);
    if (known) {
      project.close();
      return known;
    }
    try {
      const served = this.#serve(key, project);
      this.#served.set(key, served);
      for (const listener of this.#listeners) listener(served);
      return served;
    } catch (error) {
      project.close();
      throw error;
    }
  }

  #serve(key: string, project: Project): Served {
    const release = takeEngineLock(project);
    const events = new EventHub();
    const onJob = (id: number, job: Job | null): void => {
      if (job === null) return events.publish({ type: 'job-removed', id });
      events.publish({ type: 'job', job });
      const topics = job.request.kind === 'remask' && job.request.count ? [] : changedBy[job.kind];
      const over = !isPending(job.state) || job.state === 'paused';
      if (over && topics.length > 0) events.publish({ type: 'changed', topics });
    };
    try {
      const queue = new JobQueue(project, { lanes: this.#lanes, run: this.#run, seal: this.#seal, onJob });
      const previews = new Previews(project);
      // What a preview has open is of the weights and labels from before.
      events.listen((event) => {
        const stale = event.type === 'changed' && event.topics.some((topic) => topic === 'runs' || topic === 'images');
        if (stale) void previews.close();
      });
      return { key, project, events, release, queue, previews };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Tells of each project that is opened from now on. */
  onOpen(listener: (served: Served) => void): void {
    this.#listeners.add(listener);
  }

  /** Throws `project-missing` for a key of no project that is open. */
  get(key: string): Served {
    const served = this.#served.get(key);
    if (served) return served;
    throw new StudioError({
      code: 'project-missing',
      message: 'this project is not open',
      remedy: 'Open it first.',
    });
  }

  list(): OpenProject[] {
    return [...this.#served.values()].map(shownProject);
  }

  /** Folders that the person has opened: those of the projects and of their datasets. */
  folders(): string[] {
    return [...this.#served.values()].flatMap(({ project: { root, config } }) => [
      root,
      ...config.datasets.map((dataset) => dataset.root),
    ]);
  }

  /** Pauses what runs and closes everything; nothing may be called afterwards. */
  async close(): Promise<void> {
    const all = [...this.#served.values()];
    this.#served.clear();
    await Promise.all(all.flatMap(({ queue, previews }) => [queue.close(), previews.close()]));
    for (const { project, release } of all) {
      project.close();
      release();
    }
  }
}

export const shownProject = ({ key, project }: Served): OpenProject => ({
  key,
  root: project.root,
  name: project.config.name,
});

/** Commands may use a project beside an engine; two engines would run its jobs twice. */
function takeEngineLock({ root, paths }: Project): () => void {
  try {
    return takeLock(paths.engineLock);
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'busy') throw error;
    const message = `the project is open in another studio: ${error.message}`;
    const remedy = `Use that one, or end it. If that process is no more, delete ${paths.engineLock}.`;
    throw new StudioError({ code: 'busy', message, file: root, remedy }, { cause: error });
  }
}
