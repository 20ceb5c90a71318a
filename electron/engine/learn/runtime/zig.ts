import { join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import type { Compiler } from './compile.js';
import { downloadWheel, type DownloadOptions } from './pip.js';
import type { Wheel } from './release.js';
import { unpack } from './unpack.js';

/** The C++ compiler inside the PyPI package ziglang: what compiles the binding on a machine without one. */
const zigWheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    project: 'ziglang',
    version: '0.17.1',
    tag: 'manylinux_2_12_x86_64',
    sha256: 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
    bytes: 101_083_562,
  },
  'linux-arm64': {
    project: 'ziglang',
    version: '0.17.1',
    tag: 'manylinux_2_17_aarch64',
    sha256: 'b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e',
    bytes: 98_063_064,
  },
  'darwin-arm64': {
    project: 'ziglang',
    version: '0.16.0',
    tag: 'macosx_12_0_arm64',
    sha256: 'b61e5413c49508d9d62e5dcea543e3af491594154d74a00ff52f84ed508260cc',
    bytes: 97_252_633,
  },
};

/**
 * Fetches the compiler and unpacks it under `folder`; its cache goes there too (see `zigEnvironment`). Throws
 * download-failed, disk-full, tool-missing where no wheel fits.
 */
export async function fetchZig(
  platform: string,
  downloads: string,
  folder: string,
  options: DownloadOptions,
): Promise<Compiler> {
  const wheel = zigWheels[platform];
  if (!wheel) {
    throw new StudioError({
      code: 'tool-missing',
      message: `there is no C++ compiler, and none can be fetched for ${platform}`,
      remedy: 'Install g++ or clang++ and try again.',
    });
  }
  const archive = await downloadWheel(wheel, downloads, options);
  await unpack(archive, folder, { wanted: (name) => name.startsWith('ziglang/'), signal: options.signal });
  return { command: join(folder, 'ziglang', 'zig'), prefix: ['c++'] };
}

/** Keeps what zig builds for itself inside `folder`, so that it goes when the folder goes. */
export function zigEnvironment(folder: string): NodeJS.ProcessEnv {
  return { ZIG_GLOBAL_CACHE_DIR: join(folder, 'cache'), ZIG_LOCAL_CACHE_DIR: join(folder, 'cache') };
}
