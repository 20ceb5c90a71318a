import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import { hasNvidiaDriver } from './devices.js';
import { runtimeFolder, type Machine } from './places.js';
import { releaseFor, releasesOf, type Device, type Release } from './release.js';

/** Written last into a runtime, so a folder with it is whole. */
export const MANIFEST = 'runtime.json';
/** The compiled binding inside a runtime. */
export const BINDING = 'tfjs_binding.node';

/** The shape of the manifest file. */
export const manifestSchema = z.object({
  tensorflow: z.string(),
  tfjs: z.string(),
  platform: z.string(),
  device: z.enum(['cpu', 'cuda']),
  compiler: z.string(),
  installedAt: z.string(),
});

/** What a runtime says about itself. `compiler` is the command that compiled the binding. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A runtime that is installed and ready to be loaded. */
export interface InstalledRuntime {
  folder: string;
  binding: string;
  manifest: Manifest;
}

/** The runtime of a release, or null where it is not installed (or its manifest cannot be read). */
export function installedRuntime(machine: Machine, release: Release): InstalledRuntime | null {
  const folder = runtimeFolder(machine, release);
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
    return { folder, binding: join(folder, BINDING), manifest };
  } catch {
    return null;
  }
}

/** The device to use where none is asked for: CUDA where an NVIDIA driver runs and a release for it exists. */
export function preferredDevice(machine: Machine): Device {
  const offered = releasesOf(machine).some(({ device }) => device === 'cuda');
  return offered && hasNvidiaDriver(machine) ? 'cuda' : 'cpu';
}

/**
 * The runtime to load. With a device, that one; without, the preferred one, else the other that is installed.
 * Throws runtime-missing, runtime-unsupported.
 */
export function findRuntime(machine: Machine, device?: Device): InstalledRuntime {
  const wanted = device ?? preferredDevice(machine);
  const candidates = device ? [releaseFor(machine, device)] : [releaseFor(machine, wanted), ...releasesOf(machine)];
  for (const release of candidates) {
    const runtime = installedRuntime(machine, release);
    if (runtime) return runtime;
  }
  throw new StudioError({
    code: 'runtime-missing',
    message: `the compute runtime for device ${wanted} is not installed`,
    file: runtimeFolder(machine, releaseFor(machine, wanted)),
    remedy: `Install the runtime (npx comask runtime install${device ? ` --device ${device}` : ''}).`,
  });
}
