import { statfs } from 'node:fs/promises';
import { arch, cpus, freemem, release as systemRelease, totalmem, type as systemType } from 'node:os';
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { errorDetails, type ErrorDetails } from '../../../../shared/errors.js';
import { findCompiler } from './compile.js';
import { hasNvidiaDriver } from './devices.js';
import { installedRuntime, preferredDevice } from './installed.js';
import { cacheFolder, type Machine } from './places.js';
import { probeInChild, type Probe } from './probe-child.js';
import { findPython } from './python.js';
import { releasesOf, type Device } from './release.js';
import { runProcess, type RunProcess } from './run-process.js';

/** Free disk space under which a training with its checkpoints and maps may not fit. */
const LOW_DISK_BYTES = 5e9;
/** Free memory under which a VGG-16 training of five pairs may not fit. */
const LOW_MEMORY_BYTES = 3e9;
/** A healthy core reaches about 200 GFLOPS with AVX-512 and 60 with AVX2; less than this means something is wrong. */
const LOW_GFLOPS = 20;

/** One runtime as the doctor found it. */
export interface RuntimeReport {
  device: Device;
  preferred: boolean;
  folder: string | null;
  tensorflow: string | null;
  /** True where tensors really live on a GPU. */
  gpu: boolean | null;
  /** GFLOPS of a 3x3 convolution of 256 to 256 channels, timed for a second. */
  gflops: number | null;
}

/** A thing that is wrong or soon will be, with what to do about it. */
export interface Problem {
  severity: 'error' | 'warning';
  message: string;
  remedy: string;
}

export interface DoctorReport {
  machine: { system: string; arch: string; cpu: string; cores: number; nvidia: string | null };
  versions: { comask: string; node: string; python: string | null; compiler: string | null };
  runtimes: RuntimeReport[];
  memory: { freeBytes: number; totalBytes: number };
  disk: { folder: string; freeBytes: number };
  problems: Problem[];
}

export interface DoctorOptions {
  comask: string;
  signal?: AbortSignal;
  run?: RunProcess;
  probe?: Probe;
}

/** Name and memory of each GPU as the driver's own tool tells them; null where it does not run. */
async function nvidiaDevices(run: RunProcess): Promise<string | null> {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  const result = await run('nvidia-smi', query).catch(() => null);
  return result?.code === 0 ? result.stdout.trim().split('\n').join('; ') : null;
}

const asProblem = ({ message, remedy }: ErrorDetails, severity: Problem['severity']): Problem => ({
  severity,
  message,
  remedy: remedy ?? '',
});

/** Free bytes on the disk of a folder that need not exist yet. */
async function freeDisk(folder: string): Promise<number> {
  let path = folder;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

async function tryRuntimes(machine: Machine, problems: Problem[], options: DoctorOptions): Promise<RuntimeReport[]> {
  const { signal, probe = probeInChild } = options;
  const preferred = preferredDevice(machine);
  const reports: RuntimeReport[] = [];
  for (const release of releasesOf(machine)) {
    const { device } = release;
    const installed = installedRuntime(machine, release);
    const report: RuntimeReport = {
      device,
      preferred: device === preferred,
      folder: installed?.folder ?? null,
      tensorflow: installed?.manifest.tensorflow ?? null,
      gpu: null,
      gflops: null,
    };
    reports.push(report);
    if (!installed) continue;
    try {
      const { gpu, gflops } = await probe(installed.folder, 1, signal);
      Object.assign(report, { gpu, gflops });
    } catch (error) {
      problems.push(asProblem(errorDetails(error), 'error'));
      continue;
    }
    if (device === 'cuda' && !report.gpu) {
      problems.push({
        severity: 'error',
        message: 'the CUDA runtime computes on the CPU: it does not see a GPU',
        remedy: 'Update the NVIDIA driver (nvidia-smi must list the GPU), or compute on the processor (--device cpu).',
      });
    }
    if (report.gflops !== null && report.gflops < LOW_GFLOPS) {
      problems.push({
        severity: 'warning',
        message: `a convolution runs at ${report.gflops.toFixed(0)} GFLOPS only`,
        remedy: 'End other programs that use the processor, or give the machine or container more cores.',
      });
    }
  }
  if (!reports.some(({ folder }) => folder)) {
    problems.push({
      severity: 'error',
      message: 'no compute runtime is installed',
      remedy: reports.length
        ? 'Install the runtime (npx comask runtime install).'
        : 'There is none for this machine: use another.',
    });
  } else if (preferred === 'cuda' && !reports.some(({ device, folder }) => device === 'cuda' && folder)) {
    problems.push({
      severity: 'warning',
      message: 'there is an NVIDIA driver and only the CPU runtime is installed',
      remedy: 'Install the one for CUDA (npx comask runtime install --device cuda).',
    });
  }
  return reports;
}

/** Looks at everything that the studio needs and says what to do about what is missing. Throws nothing but interrupted. */
export async function examine(machine: Machine, options: DoctorOptions): Promise<DoctorReport> {
  const { comask, run = runProcess } = options;
  const problems: Problem[] = [];
  const folder = cacheFolder(machine);
  const [nvidia, compiler, python, diskBytes] = await Promise.all([
    nvidiaDevices(run),
    findCompiler(run),
    findPython(run).catch((error: unknown) => {
      problems.push(asProblem(errorDetails(error), 'warning'));
      return null;
    }),
    freeDisk(folder),
  ]);
  const runtimes = await tryRuntimes(machine, problems, options);
  if (hasNvidiaDriver(machine) && !nvidia) {
    problems.push({
      severity: 'warning',
      message: 'an NVIDIA driver is loaded, but nvidia-smi does not answer',
      remedy: 'Reinstall the driver, or start the container with its GPU tools (docker run --gpus all).',
    });
  }
  if (diskBytes < LOW_DISK_BYTES) {
    problems.push({
      severity: 'warning',
      message: `only ${(diskBytes / 1e9).toFixed(1)} GB of disk are free`,
      remedy: 'Free some disk space, or set COMASK_HOME to a folder on a larger disk.',
    });
  }
  if (freemem() < LOW_MEMORY_BYTES) {
    problems.push({
      severity: 'warning',
      message: `only ${(freemem() / 1e9).toFixed(1)} GB of memory are free`,
      remedy: 'End other programs, or train with a smaller batch (--set batchSize=...).',
    });
  }
  const processors = cpus();
  return {
    machine: {
      system: `${systemType()} ${systemRelease()}`,
      arch: arch(),
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      nvidia,
    },
    versions: {
      comask,
      node: process.versions.node,
      python: python?.version ?? null,
      compiler: compiler?.command ?? null,
    },
    runtimes,
    memory: { freeBytes: freemem(), totalBytes: totalmem() },
    disk: { folder, freeBytes: diskBytes },
    problems,
  };
}
