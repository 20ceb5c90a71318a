import type { Installation, RuntimeState } from '../../../../shared/api/index.js';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { Device } from '../../../../shared/machine-settings.js';
import { installRuntime, type InstallOptions } from '../../learn/runtime/install.js';
import type { Machine } from '../../learn/runtime/places.js';
import { releaseFor, type Release } from '../../learn/runtime/release.js';
import { runtimeStates } from './runtimes.js';

/** Lines that are kept of what an installation says. */
const MOST_LINES = 100;

type Install = (machine: Machine, release: Release, options: InstallOptions) => Promise<unknown>;

/** Installs runtimes beside everything else: pip and the trial of what it brought are processes of their own. */
export class RuntimeInstaller {
  readonly #machine: Machine;
  readonly #install: Install;
  #latest: Installation | null = null;
  #abort: AbortController | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(machine: Machine, install: Install = installRuntime) {
    this.#machine = machine;
    this.#install = install;
  }

  /** The one that runs, or the latest that ended. */
  get latest(): Installation | null {
    return this.#latest;
  }

  /** The runtimes that the machine can have. */
  runtimes(): RuntimeState[] {
    return runtimeStates(this.#machine);
  }

  /** Begins to install. Throws `busy` where an installation runs, `runtime-unsupported`. */
  start(device: Device, force: boolean): Installation {
    if (this.#abort) {
      throw new StudioError({
        code: 'busy',
        message: 'a runtime is being installed',
        remedy: 'Wait until it is done, or cancel it.',
      });
    }
    const release = releaseFor(this.#machine, device);
    this.#abort = new AbortController();
    const installation: Installation = { device, state: 'running', lines: [], progress: null, error: null };
    this.#latest = installation;
    this.#working = this.#run(release, force, installation, this.#abort.signal).finally(() => (this.#abort = null));
    return installation;
  }

  /** Stops the one that runs, if any, and waits until it has ended. */
  async cancel(): Promise<void> {
    this.#abort?.abort();
    await this.#working;
  }

  async #run(release: Release, force: boolean, installation: Installation, signal: AbortSignal): Promise<void> {
    try {
      await this.#install(this.#machine, release, {
        force,
        signal,
        onProgress: (progress) => (installation.progress = progress),
        say: (line) => (installation.lines = [...installation.lines, line].slice(-MOST_LINES)),
      });
      installation.state = 'done';
    } catch (error) {
      installation.state = signal.aborted ? 'cancelled' : 'failed';
      installation.error = signal.aborted ? null : errorDetails(error);
    }
  }
}
