import type { ErrorDetails } from '../../../shared/errors.js';
import { fromEngineSchema, type FromEngine } from '../../../shared/shell/engine-messages.js';
import { restartDelay } from './back-off.js';
import type { EngineProcess } from './process.js';
import { EngineRequests } from './requests.js';

/** Where the engine is, and what opens it. */
export type EnginePlace = Pick<Extract<FromEngine, { type: 'ready' }>, 'origin' | 'token'>;
/** What the engine tells of projects and jobs. */
export type EngineNews = Extract<FromEngine, { type: 'project' | 'job' | 'job-removed' }>;

export interface SupervisorOptions {
  launch(): EngineProcess;
  /** Port of an earlier time, so that the page's address and what the browser keeps for it stay; 0 for none. */
  port: number;
  /** The engine answers; `again` after a death. */
  onReady(place: EnginePlace, again: boolean): void;
  onNews(news: EngineNews): void;
  /** The engine has ended unasked; `willRestart` is false once it has died too often. */
  onDeath(reason: string, willRestart: boolean): void;
  /** Something failed at the start, e.g. a project that cannot be opened. */
  onProblem(error: ErrorDetails): void;
  now?(): number;
}

/** Milliseconds that a closing engine has for its checkpoints before it is killed; every file survives that too. */
const CLOSE_LIMIT = 120_000;

/** Keeps an engine running until it is told to stop. */
export class EngineSupervisor {
  readonly requests = new EngineRequests((message) => this.#process?.send(message));
  readonly #options: SupervisorOptions;
  readonly #projects = new Set<string>();
  readonly #deaths: number[] = [];
  #process: EngineProcess | null = null;
  #port: number;
  #stopped: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** Starts the engine with these projects and those that were open; deaths before do not count any more. */
  start(projects: readonly string[] = []): void {
    this.#deaths.length = 0;
    for (const root of projects) this.#projects.add(root);
    this.#launch();
  }

  /** Lets the engine pause its jobs and end; kills it where that takes too long. */
  async stop(limit = CLOSE_LIMIT): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    const running = this.#process;
    if (!running) return;
    await new Promise<void>((resolve) => {
      const killer = setTimeout(() => running.kill(), limit);
      this.#stopped = () => {
        clearTimeout(killer);
        resolve();
      };
      running.send({ type: 'close' });
    });
  }

  #launch(): void {
    const launched = this.#options.launch();
    this.#process = launched;
    launched.onMessage((message) => this.#hear(message));
    launched.onExit((reason) => this.#died(reason));
    launched.send({ type: 'start', port: this.#port, projects: [...this.#projects] });
  }

  #hear(said: unknown): void {
    const message = fromEngineSchema.parse(said);
    switch (message.type) {
      case 'ready':
        this.#port = Number(new URL(message.origin).port);
        return this.#options.onReady(message, this.#deaths.length > 0);
      case 'opened':
      case 'located':
        return this.requests.settle(message);
      case 'failed':
        if (message.request === null) return this.#options.onProblem(message.error);
        return this.requests.settle({ ...message, request: message.request });
      case 'project':
        this.#projects.add(message.project.root);
    }
    this.#options.onNews(message);
  }

  #died(reason: string): void {
    this.#process = null;
    this.requests.fail(reason);
    if (this.#stopped) return this.#stopped();
    const now = (this.#options.now ?? Date.now)();
    this.#deaths.push(now);
    const delay = restartDelay(this.#deaths, now);
    this.#options.onDeath(reason, delay !== null);
    if (delay !== null) this.#timer = setTimeout(() => this.#launch(), delay);
  }
}
