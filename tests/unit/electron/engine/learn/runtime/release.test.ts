import { describe, expect, it } from 'vitest';
import { devices, releaseFor, releasesOf } from '../../../../../../electron/engine/learn/runtime/release.js';
import { keptEntry } from '../../../../../../electron/engine/learn/runtime/install.js';

const machines = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'darwin', arch: 'arm64' },
] as const;

describe('the table of releases', () => {
  it.each(machines)('has a CPU release with a hash for every wheel on $platform $arch', (machine) => {
    const release = releaseFor(machine, 'cpu');
    expect(release.wheels[0].version).toBe(release.tensorflow);
    expect(release.libraries).toHaveLength(2);
    for (const wheel of releasesOf(machine).flatMap(({ wheels }) => wheels)) {
      expect(wheel.sha256, wheel.project).toMatch(/^[0-9a-f]{64}$/);
      expect(wheel.bytes, wheel.project).toBeGreaterThan(1e6);
    }
  });

  it('brings the libraries of NVIDIA with CUDA', () => {
    const projects = releaseFor({ platform: 'linux', arch: 'x64' }, 'cuda').wheels.map(({ project }) => project);
    expect(projects[0]).toBe('tensorflow');
    expect(projects).toHaveLength(13);
    expect(projects).toContain('nvidia-cudnn-cu12');
  });

  it('never names one file twice', () => {
    const hashes = machines
      .flatMap((machine) => releasesOf(machine))
      .flatMap(({ wheels }) => wheels.map((w) => w.sha256));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('names the devices that there are where one is not', () => {
    const ask = (): unknown => releaseFor({ platform: 'darwin', arch: 'arm64' }, 'cuda');
    expect(ask).toThrow(
      expect.objectContaining({ code: 'runtime-unsupported', remedy: 'Choose the device cpu (--device).' }),
    );
  });

  it.each(devices)('says on which machines it runs where there is none at all (%s)', (device) => {
    const ask = (): unknown => releaseFor({ platform: 'freebsd', arch: 'x64' }, device);
    expect(ask).toThrow(
      expect.objectContaining({ code: 'runtime-unsupported', remedy: expect.stringContaining('linux-x64') }),
    );
  });
});

describe('keptEntry', () => {
  const cpu = releaseFor({ platform: 'linux', arch: 'x64' }, 'cpu');
  const cuda = releaseFor({ platform: 'linux', arch: 'x64' }, 'cuda');

  it('keeps the two libraries and no Python', () => {
    expect(keptEntry(cpu, 'tensorflow/libtensorflow_cc.so.2')).toBe(true);
    expect(keptEntry(cpu, 'tensorflow/python/libtensorflow_cc.so.2')).toBe(false);
    expect(keptEntry(cpu, 'nvidia/cudnn/lib/libcudnn.so.9')).toBe(false);
  });

  it('keeps the libraries of NVIDIA and the assembler under CUDA', () => {
    expect(keptEntry(cuda, 'nvidia/cudnn/lib/libcudnn.so.9')).toBe(true);
    expect(keptEntry(cuda, 'nvidia/cuda_nvcc/bin/ptxas')).toBe(true);
    expect(keptEntry(cuda, 'nvidia/cudnn/include/cudnn.h')).toBe(false);
  });
});
