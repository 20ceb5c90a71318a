import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasNvidiaDriver } from '../../../../../../electron/engine/learn/runtime/devices.js';
import { cacheFolder, runtimeFolder } from '../../../../../../electron/engine/learn/runtime/places.js';
import { releaseFor } from '../../../../../../electron/engine/learn/runtime/release.js';

const linux = { platform: 'linux', arch: 'x64', env: {}, home: '/home/ann' } as const;

describe('cacheFolder', () => {
  it('is the platform’s own', () => {
    expect(cacheFolder(linux)).toBe(join('/home/ann', '.cache', 'comask'));
    expect(cacheFolder({ ...linux, env: { XDG_CACHE_HOME: '/big' } })).toBe(join('/big', 'comask'));
    expect(cacheFolder({ ...linux, platform: 'darwin' })).toBe(join('/home/ann', 'Library', 'Caches', 'comask'));
    expect(cacheFolder({ ...linux, platform: 'win32', env: { LOCALAPPDATA: '/local' } })).toBe(
      join('/local', 'comask'),
    );
  });

  it('is COMASK_HOME where that is set', () => {
    expect(cacheFolder({ ...linux, env: { COMASK_HOME: 'here', XDG_CACHE_HOME: '/big' } })).toBe(resolve('here'));
  });
});

describe('runtimeFolder', () => {
  it('differs by device and names the versions', () => {
    const [cpu, cuda] = (['cpu', 'cuda'] as const).map((device) => runtimeFolder(linux, releaseFor(linux, device)));
    expect(cpu).not.toBe(cuda);
    expect(cpu).toMatch(/tensorflow-2\.21\.0-tfjs-4\.22\.0-linux-x64-cpu$/);
  });
});

describe('hasNvidiaDriver', () => {
  it('looks for the driver on Linux only', () => {
    expect(hasNvidiaDriver({ platform: 'linux' }, () => false)).toBe(false);
    expect(hasNvidiaDriver({ platform: 'linux' }, (file) => file === '/dev/nvidiactl')).toBe(true);
    expect(hasNvidiaDriver({ platform: 'darwin' }, () => true)).toBe(false);
  });
});
