import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { installRuntime, PARTIAL } from '../../../../../../electron/engine/learn/runtime/install.js';
import { findRuntime, installedRuntime } from '../../../../../../electron/engine/learn/runtime/installed.js';
import { runtimeFolder, runtimesFolder, type Machine } from '../../../../../../electron/engine/learn/runtime/places.js';
import { releaseFor, type Release } from '../../../../../../electron/engine/learn/runtime/release.js';
import type { RunProcess } from '../../../../../../electron/engine/learn/runtime/run-process.js';

const archive = zipSync({
  'tensorflow/libtensorflow_cc.so.2': strToU8('cc'),
  'tensorflow/libtensorflow_framework.so.2': strToU8('framework'),
  'tensorflow/include/tensorflow/c/c_api.h': strToU8('header'),
  'tensorflow/python/client.py': strToU8('pass'),
});
const [wheel] = releaseFor({ platform: 'linux', arch: 'x64' }, 'cpu').wheels;
const release: Release = {
  ...releaseFor({ platform: 'linux', arch: 'x64' }, 'cpu'),
  wheels: [{ ...wheel, bytes: archive.length, sha256: createHash('sha256').update(archive).digest('hex') }],
};

let machine: Machine;
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'comask-install-'));
  machine = { platform: 'linux', arch: 'x64', env: { COMASK_HOME: home }, home };
});
afterEach(() => rm(home, { recursive: true }));

/** A Python, a pip that delivers `bytes`, and a compiler that writes its output file; counts what pip was asked for. */
function tools(bytes: Uint8Array = archive): { run: RunProcess; downloads: () => number } {
  let downloads = 0;
  const run: RunProcess = async (command, args) => {
    const after = (flag: string): string => args[args.indexOf(flag) + 1];
    if (args.includes('download')) {
      downloads++;
      await writeFile(join(after('--dest'), 'tensorflow_cpu.whl'), bytes);
    } else if (command === 'g++' && args.includes('-o')) await writeFile(after('-o'), 'binding');
    return { code: 0, stdout: args.includes('-c') ? '3.11\n' : '', stderr: '' };
  };
  return { run, downloads: () => downloads };
}

const quiet = { onProgress: () => undefined, say: () => undefined };
const works = () => Promise.resolve({ product: [7, 10, 15, 22], gpu: false, gflops: null });

describe('installRuntime', () => {
  it('leaves the two libraries, the binding and the manifest, and is found at once afterwards', async () => {
    const { run, downloads } = tools();
    const installed = await installRuntime(machine, release, { ...quiet, run, probe: works });
    expect(installed.manifest).toMatchObject({ tensorflow: '2.21.0', device: 'cpu', compiler: 'g++' });
    const names = await readdir(installed.folder, { recursive: true });
    expect(names.sort()).toEqual([
      'runtime.json',
      'tensorflow',
      join('tensorflow', 'libtensorflow_cc.so.2'),
      join('tensorflow', 'libtensorflow_framework.so.2'),
      'tfjs_binding.node',
    ]);
    expect(await readdir(runtimesFolder(machine))).toEqual([expect.stringMatching(/-cpu$/)]);

    await installRuntime(machine, release, { ...quiet, run, probe: works });
    expect(downloads()).toBe(1);
    expect(findRuntime(machine).folder).toBe(installed.folder);
  });

  it('installs once where two ask at the same time', async () => {
    const { run, downloads } = tools();
    const options = { ...quiet, run, probe: works };
    const [a, b] = await Promise.all([
      installRuntime(machine, release, options),
      installRuntime(machine, release, options),
    ]);
    expect(a.folder).toBe(b.folder);
    expect(downloads()).toBe(1);
  });

  it('takes nothing half done for installed, and removes what a killed installation left', async () => {
    const { run } = tools();
    const leftover = `${runtimeFolder(machine, release)}${PARTIAL}-1`;
    await mkdir(join(leftover, 'tensorflow'), { recursive: true });
    expect(installedRuntime(machine, release)).toBeNull();
    expect(() => findRuntime(machine)).toThrow(expect.objectContaining({ code: 'runtime-missing' }));
    await installRuntime(machine, release, { ...quiet, run, probe: works });
    expect((await readdir(runtimesFolder(machine))).filter((name) => name.includes(PARTIAL))).toEqual([]);
  });

  it('refuses a download with another hash and keeps nothing of it', async () => {
    const { run } = tools(strToU8('a page of a captive portal'));
    await expect(installRuntime(machine, release, { ...quiet, run, probe: works })).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('broken'),
    });
    expect(installedRuntime(machine, release)).toBeNull();
    expect(await readdir(join(runtimesFolder(machine), 'downloads'))).toEqual([]);
  });

  it('does not install what does not compute, and keeps the download for the next try', async () => {
    const { run, downloads } = tools();
    const fails = () => Promise.reject(new StudioError({ code: 'runtime-missing', message: 'wrong product' }));
    await expect(installRuntime(machine, release, { ...quiet, run, probe: fails })).rejects.toThrow('wrong product');
    expect(installedRuntime(machine, release)).toBeNull();
    await installRuntime(machine, release, { ...quiet, run, probe: works });
    expect(downloads()).toBe(1);
  });
});
