import type { RuntimeState } from '../../../../shared/api/index.js';
import { installedRuntime, preferredDevice } from '../../learn/runtime/installed.js';
import { runtimeFolder, type Machine } from '../../learn/runtime/places.js';
import { releasesOf } from '../../learn/runtime/release.js';

/** The runtimes that a machine can have, the CPU's first, and whether each is installed. */
export function runtimeStates(machine: Machine): RuntimeState[] {
  const preferred = preferredDevice(machine);
  return releasesOf(machine).map((release) => {
    const manifest = installedRuntime(machine, release)?.manifest;
    return {
      device: release.device,
      tensorflow: release.tensorflow,
      preferred: release.device === preferred,
      folder: runtimeFolder(machine, release),
      downloadBytes: release.wheels.reduce((sum, { bytes }) => sum + bytes, 0),
      installed: manifest ? { installedAt: manifest.installedAt, compiler: manifest.compiler } : null,
    };
  });
}
