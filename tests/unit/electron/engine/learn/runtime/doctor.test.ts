import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { examine } from '../../../../../../electron/engine/learn/runtime/doctor.js';
import { runtimeFolder, type Machine } from '../../../../../../electron/engine/learn/runtime/places.js';
import type { Probe } from '../../../../../../electron/engine/learn/runtime/probe-child.js';
import { releaseFor } from '../../../../../../electron/engine/learn/runtime/release.js';
import type { RunProcess } from '../../../../../../electron/engine/learn/runtime/run-process.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const nothing: RunProcess = () => Promise.reject(new Error('spawn ENOENT'));

function machineWith(...installed: ('cpu' | 'cuda')[]): Machine {
  const home = temporaryFolder();
  const machine: Machine = { platform: 'linux', arch: 'x64', env: { COMASK_HOME: home }, home };
  for (const device of installed) {
    const release = releaseFor(machine, device);
    const folder = runtimeFolder(machine, release);
    mkdirSync(folder, { recursive: true });
    const { tensorflow, tfjs, platform } = release;
    const manifest = { tensorflow, tfjs, platform, device, compiler: 'g++', installedAt: '2026-01-01T00:00:00Z' };
    writeFileSync(join(folder, 'runtime.json'), JSON.stringify(manifest));
  }
  return machine;
}

const answers =
  (gpu: boolean, gflops: number): Probe =>
  () =>
    Promise.resolve({ product: [7, 10, 15, 22], gpu, gflops });

const messages = ({ problems }: Awaited<ReturnType<typeof examine>>): string =>
  problems.map(({ severity, message }) => `${severity}: ${message}`).join('\n');

describe('examine', () => {
  it('reports what is installed and how fast it is', async () => {
    const report = await examine(machineWith('cpu'), { comask: '1.2.3', run: nothing, probe: answers(false, 400) });
    expect(report.runtimes[0]).toMatchObject({ device: 'cpu', tensorflow: '2.21.0', gflops: 400 });
    expect(report.versions).toMatchObject({ comask: '1.2.3', python: null, compiler: null });
    expect(report.disk.freeBytes).toBeGreaterThan(0);
    expect(messages(report)).toMatch(/warning: Python/);
    expect(messages(report)).not.toMatch(/error:/);
  });

  it('has a remedy for every problem', async () => {
    const report = await examine(machineWith(), { comask: '1', run: nothing, probe: answers(false, 400) });
    expect(messages(report)).toMatch(/error: no compute runtime is installed/);
    for (const { message, remedy } of report.problems) expect(remedy, message).not.toBe('');
  });

  it('notices a slow machine, and a CUDA runtime that sees no GPU', async () => {
    const report = await examine(machineWith('cpu', 'cuda'), { comask: '1', run: nothing, probe: answers(false, 3) });
    expect(messages(report)).toMatch(/warning: a convolution runs at 3 GFLOPS only/);
    expect(messages(report)).toMatch(/error: the CUDA runtime computes on the CPU/);
  });

  it('passes on why a runtime does not load, and goes on', async () => {
    const probe: Probe = () =>
      Promise.reject(new StudioError({ code: 'runtime-missing', message: 'no GLIBC', remedy: 'x' }));
    const report = await examine(machineWith('cpu'), { comask: '1', run: nothing, probe });
    expect(messages(report)).toContain('error: no GLIBC');
    expect(report.runtimes[0]).toMatchObject({ tensorflow: '2.21.0', gflops: null });
  });
});
