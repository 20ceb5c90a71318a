import { existsSync } from 'node:fs';
import type { Machine } from './places.js';

/** What exists where an NVIDIA kernel driver is loaded: on a plain Linux, in a container, under WSL. */
const driverFiles = ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/usr/lib/wsl/lib/libcuda.so.1'];

/**
 * True where an NVIDIA driver runs. Only files are looked at, because nvidia-smi takes a second to start and is missing
 * from many containers.
 */
export function hasNvidiaDriver({ platform }: Pick<Machine, 'platform'>, exists = existsSync): boolean {
  return platform === 'linux' && driverFiles.some((file) => exists(file));
}
