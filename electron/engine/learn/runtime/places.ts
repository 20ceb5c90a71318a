import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Device, Release } from './release.js';

/** The parts of a process that decide where the cache is; handed in so that tests can name another machine. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, env: process.env, home: homedir() };
}

/**
 * The folder that all checkouts share: COMASK_HOME where set, else the platform's cache folder
 * (XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LOCALAPPDATA%).
 */
export function cacheFolder({ platform, env, home }: Machine): string {
  if (env.COMASK_HOME) return resolve(env.COMASK_HOME);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'comask');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'comask');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'comask');
}

/**
 * The folder of what a person has set for this machine: COMASK_HOME where set, else the platform's folder of settings
 * (XDG_CONFIG_HOME or ~/.config, ~/Library/Application Support, %APPDATA%).
 */
export function configFolder({ platform, env, home }: Machine): string {
  if (env.COMASK_HOME) return resolve(env.COMASK_HOME);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'comask');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'comask');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'comask');
}

/** Where every runtime of this machine lies, one folder a release and device. */
export function runtimesFolder(machine: Machine): string {
  return join(cacheFolder(machine), 'runtime');
}

/**
 * One installed runtime. The name holds every version that the compiled binding depends on, so that an update of the
 * studio never finds an older one in its place.
 */
export function runtimeFolder(machine: Machine, release: Release): string {
  const { tensorflow, tfjs, platform, device } = release;
  return join(runtimesFolder(machine), `tensorflow-${tensorflow}-tfjs-${tfjs}-${platform}-${device satisfies Device}`);
}
