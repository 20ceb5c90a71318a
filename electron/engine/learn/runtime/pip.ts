import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import type { OnProgress } from '../../../../shared/progress.js';
import { byteProgress } from './byte-progress.js';
import { fileSha256 } from './hash.js';
import type { Python } from './python.js';
import { pythonVersion, type Wheel } from './release.js';
import { runProcess, type RunProcess } from './run-process.js';

const PROGRESS_MILLISECONDS = 500;

/** What pip is started with for one wheel; the hash makes pip refuse any other file. */
export function pipArguments(wheel: Wheel, requirements: string, folder: string): string[] {
  return [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes', '--no-cache-dir'],
    ...['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--retries', '2', '--timeout', '30'],
    ...['--python-version', pythonVersion, '--implementation', 'cp', '--platform', wheel.tag],
    ...['--dest', folder, '--requirement', requirements],
  ];
}

const networkSigns =
  /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries exceeded|name resolution|getaddrinfo|Network is unreachable|Connection (refused|reset|broken)|timed out/i;

/** What pip's own words mean, with the remedy. */
export function pipFailure(wheel: Wheel, output: string): StudioError {
  const name = `${wheel.project} ${wheel.version}`;
  const again = 'then install the runtime again (npx comask runtime install).';
  if (/No space left on device|Errno 28/i.test(output)) {
    return new StudioError({
      code: 'disk-full',
      message: `the disk is full: ${name} could not be downloaded`,
      remedy: `Free some disk space or set COMASK_HOME to a folder on a larger disk, ${again}`,
    });
  }
  if (/DO NOT MATCH THE HASHES/i.test(output)) return damaged(wheel, 'its hash is not the published one');
  if (networkSigns.test(output)) {
    return new StudioError({
      code: 'download-failed',
      message: `no network: ${name} could not be downloaded from the Python package index`,
      remedy: `Check the connection (behind a proxy set HTTPS_PROXY, with a mirror set PIP_INDEX_URL), ${again}`,
    });
  }
  const lines = output.trim().split('\n');
  return new StudioError({
    code: 'download-failed',
    message: `pip could not download ${name}: ${lines[lines.length - 1] || 'it said nothing'}`,
    remedy: `Update pip (python3 -m pip install --upgrade pip), ${again}`,
  });
}

function damaged({ project, version }: Wheel, reason: string, file?: string): StudioError {
  return new StudioError({
    code: 'download-failed',
    message: `the download of ${project} ${version} is broken: ${reason}`,
    file,
    remedy: 'Try again: the file is fetched anew. If that fails too, a proxy or mirror changes it.',
  });
}

const wheelFile = ({ project, version }: Wheel): string => `${project}-${version}.whl`;

/** Size of what pip has so far, in bytes: its temporary files and the finished one. */
async function bytesUnder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (entry) => (entry.isFile() ? entry.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export interface DownloadOptions {
  python: Python;
  onProgress: OnProgress;
  signal?: AbortSignal;
  run?: RunProcess;
}

/**
 * Fetches one wheel into `folder` through pip, checks its hash, and returns the path. A file that is already there with
 * the right hash is used. Throws download-failed, disk-full, interrupted.
 */
export async function downloadWheel(wheel: Wheel, folder: string, options: DownloadOptions): Promise<string> {
  const { python, onProgress, signal, run = runProcess } = options;
  const file = join(folder, wheelFile(wheel));
  if ((await fileSha256(file).catch(() => null)) === wheel.sha256) return file;

  const part = join(folder, `${wheelFile(wheel)}.part`);
  await rm(part, { recursive: true, force: true });
  await mkdir(join(part, 'tmp'), { recursive: true });
  const requirements = join(part, 'requirements.txt');
  await writeFile(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);

  const progress = byteProgress(onProgress, {
    stage: 'downloading',
    part: `${wheel.project} ${wheel.version}`,
  });
  const report = async (): Promise<void> => progress(Math.min(wheel.bytes, await bytesUnder(part)), wheel.bytes);
  const timer = setInterval(() => void report(), PROGRESS_MILLISECONDS);
  try {
    // pip's temporary files go beside the wheel: /tmp is often too small, and a killed installation leaves none there.
    const env = { ...process.env, TMPDIR: join(part, 'tmp'), TMP: join(part, 'tmp'), TEMP: join(part, 'tmp') };
    const args = [...python.prefix, ...pipArguments(wheel, requirements, part)];
    const result = await run(python.command, args, { env, signal });
    if (result.code !== 0) throw pipFailure(wheel, `${result.stdout}\n${result.stderr}`);
    const fetched = (await readdir(part)).find((name) => name.endsWith('.whl'));
    if (!fetched) throw damaged(wheel, 'pip left no file');
    if ((await fileSha256(join(part, fetched))) !== wheel.sha256) {
      throw damaged(wheel, 'its hash is not the published one');
    }
    await rename(join(part, fetched), file);
  } finally {
    clearInterval(timer);
    await rm(part, { recursive: true, force: true });
  }
  return file;
}
