import type { Installation, RuntimeState } from '../../../../shared/api/index.js';
import type { Device } from '../../../../shared/machine-settings.js';
import { installRuntime, type InstallOptions } from '../../learn/runtime/install.js';
import type { Machine } from '../../learn/runtime/places.js';
import { releaseFor, type Release } from '../../learn/runtime/release.js';
import { Background } from './background.js';
import { runtimeStates } from './runtimes.js';

type Install = (machine: Machine, release: Release, options: InstallOptions) => Promise<unknown>;

/** Installs runtimes beside everything else: pip and the trial of what it brought are processes of their own. */
export class RuntimeInstaller {
  readonly #machine: Machine;
  readonly #install: Install;
  readonly #work = new Background<{ device: Device }>('a runtime is being installed');

  constructor(machine: Machine, install: Install = installRuntime) {
    this.#machine = machine;
    this.#install = install;
  }

  /** The one that runs, or the latest that ended. */
  get latest(): Installation | null {
    return this.#work.latest;
  }

  /** The runtimes that the machine can have. */
  runtimes(): RuntimeState[] {
    return runtimeStates(this.#machine);
  }

  /** Begins to install. Throws `busy` where an installation runs, `runtime-unsupported`. */
  start(device: Device, force: boolean): Installation {
    const release = releaseFor(this.#machine, device);
    return this.#work.start({ device }, (report) => this.#install(this.#machine, release, { force, ...report }));
  }

  /** Stops the one that runs, if any, and waits until it has ended. */
  cancel(): Promise<void> {
    return this.#work.cancel();
  }
}
