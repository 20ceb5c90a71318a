import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnProgress } from '../../../../shared/progress.js';
import { byteProgress } from './byte-progress.js';
import { bindingSources, compileBinding, findCompiler, type Compiler } from './compile.js';
import { installedRuntime, MANIFEST, type InstalledRuntime, type Manifest } from './installed.js';
import { withInstallLock } from './lock.js';
import { downloadWheel } from './pip.js';
import { runtimeFolder, runtimesFolder, type Machine } from './places.js';
import { assemblePrebuilt } from './prebuilt.js';
import { probeInChild, type Probe } from './probe-child.js';
import { findPython } from './python.js';
import type { Release } from './release.js';
import { runProcess, type RunProcess } from './run-process.js';
import { requireFreeSpace, unpack } from './unpack.js';
import { fetchZig, zigEnvironment } from './zig.js';

/** Folders with this in their name are half done; the next installation removes them. */
export const PARTIAL = '.partial';

/** Unpacked libraries are about three times the size of their wheels, which lie beside them until the end. */
const SPACE_PER_WHEEL_BYTE = 4.5;

/** The only headers that the binding includes, directly or not: 40 files of 13,000. */
const headers = /^tensorflow\/include\/(tensorflow\/c\/|(tensorflow\/core|tsl)\/platform\/ctstring|xla\/tsl\/c\/)/;

export interface InstallOptions {
  onProgress: OnProgress;
  say(line: string): void;
  signal?: AbortSignal;
  /** Installs anew even where the runtime is there. */
  force?: boolean;
  run?: RunProcess;
  probe?: Probe;
}

/** Which entries of a release's wheels stay in a runtime: the two libraries, and all of NVIDIA's. */
export function keptEntry(release: Release, name: string): boolean {
  if (release.libraries.some((library) => name === `tensorflow/${library}`)) return true;
  // nvcc brings ptxas and libdevice, which TensorFlow looks for beside the libraries.
  return release.device === 'cuda' && /^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(name);
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  const stale = names.filter((name) => name.includes(PARTIAL));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Writes the manifest, which makes the folder whole, and waits until it is on the disk. */
async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, MANIFEST);
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
  const file = await open(path);
  await file.sync().finally(() => file.close());
}

async function assemble(release: Release, folder: string, downloads: string, options: InstallOptions): Promise<string> {
  const { onProgress, say, signal, run = runProcess } = options;
  const python = await findPython(run);
  const fetching = { python, onProgress, signal, run };
  for (const wheel of release.wheels) {
    const archive = await downloadWheel(wheel, downloads, fetching);
    await unpack(archive, folder, {
      wanted: (name) => keptEntry(release, name) || headers.test(name),
      signal,
      onBytes: byteProgress(onProgress, { stage: 'unpacking', part: wheel.project }),
    });
  }
  const include = join(folder, 'tensorflow', 'include');
  const zigFolder = join(folder, 'zig');
  let compiler: Compiler | null = await findCompiler(run);
  let env: NodeJS.ProcessEnv = {};
  if (!compiler) {
    say('No C++ compiler found: fetching the one of the Python package ziglang.');
    compiler = await fetchZig(release.platform, downloads, zigFolder, fetching);
    env = zigEnvironment(zigFolder);
  }
  const name = compiler.prefix.length ? 'zig c++' : compiler.command;
  say(`Compiling the binding with ${name} (${compiler.prefix.length ? 'a minute or two' : 'some seconds'}).`);
  await compileBinding(compiler, { folder, include, release, ...bindingSources() }, { signal, run, env });
  await rm(include, { recursive: true });
  await rm(zigFolder, { recursive: true, force: true });
  return name;
}

/**
 * Installs a release into the cache folder, or returns the one that is there. The runtime is put together in a folder
 * of its own, tried in a child process, and renamed into place at the end: a killed installation leaves only what the
 * next one removes. One installation at a time; a second waits and finds the first one's. Throws download-failed,
 * disk-full, tool-missing, runtime-missing, not-writable, interrupted.
 */
export async function installRuntime(
  machine: Machine,
  release: Release,
  options: InstallOptions,
): Promise<InstalledRuntime> {
  const { force = false, say, signal, probe = probeInChild } = options;
  const present = force ? null : installedRuntime(machine, release);
  if (present) return present;

  const parent = runtimesFolder(machine);
  const target = runtimeFolder(machine, release);
  await mkdir(parent, { recursive: true });
  return withInstallLock(parent, { say, signal }, async () => {
    const meanwhile = force ? null : installedRuntime(machine, release);
    if (meanwhile) return meanwhile;
    await removeLeftovers(parent);
    const wheelBytes = release.wheels.reduce((sum, { bytes }) => sum + bytes, 0);
    await requireFreeSpace(parent, wheelBytes * SPACE_PER_WHEEL_BYTE);

    const downloads = join(parent, 'downloads');
    const staging = `${target}${PARTIAL}-${process.pid}`;
    await mkdir(downloads, { recursive: true });
    await mkdir(staging);
    try {
      const compiler = release.wheels.length
        ? await assemble(release, staging, downloads, options)
        : await assemblePrebuilt(staging, options);
      const { tensorflow, tfjs, platform, device } = release;
      const installedAt = new Date().toISOString();
      await writeManifest(staging, { tensorflow, tfjs, platform, device, compiler, installedAt });
      say('Trying it: one product in a process of its own.');
      await probe(staging, 0, signal);
      if (force) await rename(target, `${target}${PARTIAL}-old`).catch(() => undefined);
      await rename(staging, target);
    } finally {
      await removeLeftovers(parent);
    }
    await rm(downloads, { recursive: true, force: true });
    const installed = installedRuntime(machine, release);
    if (!installed) throw new Error(`${target} was installed and has no ${MANIFEST}`);
    return installed;
  });
}
