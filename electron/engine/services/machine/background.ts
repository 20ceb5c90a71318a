import type { MachineWork } from '../../../../shared/api/index.js';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { OnProgress } from '../../../../shared/progress.js';

/** Lines that are kept of what a piece of work says. */
const MOST_LINES = 100;

/** What work is given to tell of itself, and to be stopped by. */
export interface WorkReport {
  signal: AbortSignal;
  onProgress: OnProgress;
  say(line: string): void;
}

/** Work for the machine and no project, beside everything else and one at a time: how far it is, or how the latest ended. */
export class Background<About extends object> {
  readonly #busy: string;
  #latest: (About & MachineWork) | null = null;
  #abort: AbortController | null = null;
  #working: Promise<void> = Promise.resolve();

  /** @param busy says that one is under way */
  constructor(busy: string) {
    this.#busy = busy;
  }

  /** The one that runs, or the latest that ended. */
  get latest(): (About & MachineWork) | null {
    return this.#latest;
  }

  /** Begins. Throws `busy` where one runs. */
  start(about: About, work: (report: WorkReport) => Promise<unknown>): About & MachineWork {
    if (this.#abort) {
      throw new StudioError({ code: 'busy', message: this.#busy, remedy: 'Wait until it is done, or cancel it.' });
    }
    this.#abort = new AbortController();
    const one: About & MachineWork = { ...about, state: 'running', lines: [], progress: null, error: null };
    this.#latest = one;
    this.#working = this.#run(one, work, this.#abort.signal).finally(() => (this.#abort = null));
    return one;
  }

  /** Stops the one that runs, if any, and waits until it has ended. */
  async cancel(): Promise<void> {
    this.#abort?.abort();
    await this.#working;
  }

  async #run(one: MachineWork, work: (report: WorkReport) => Promise<unknown>, signal: AbortSignal): Promise<void> {
    try {
      await work({
        signal,
        onProgress: (progress) => (one.progress = progress),
        say: (line) => (one.lines = [...one.lines, line].slice(-MOST_LINES)),
      });
      one.state = 'done';
    } catch (error) {
      one.state = signal.aborted ? 'cancelled' : 'failed';
      one.error = signal.aborted ? null : errorDetails(error);
    }
  }
}
