import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StudioError, errorDetails } from '../../../../../shared/errors.js';
import { fileDigest } from '../../runtime/hash.js';
import { requireFreeSpace } from '../../runtime/unpack.js';
import type { CatalogueFile } from './entries.js';

/** A connection that brings nothing for this long is given up. */
const IDLE_MILLISECONDS = 60_000;
/** Connections that a download makes on its own; each goes on where the one before it broke. */
const MAX_CONNECTIONS = 5;

export interface DownloadOptions {
  /** Called with the bytes of this file that are there. */
  onBytes?(done: number): void;
  signal?: AbortSignal;
  idleMilliseconds?: number;
}

type Wanted = Omit<CatalogueFile, 'path'>;

function failed(why: string, { address }: Wanted, target: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'download-failed',
      message: `${address}: ${why}`,
      file: target,
      remedy:
        'Try again: it goes on where it stopped. Without a connection, or behind a proxy, ' +
        `fetch that address elsewhere, put the file at ${target}, and try again to have the file checked.`,
    },
    { cause },
  );
}

function interrupted(cause: unknown): StudioError {
  const remedy = 'Try again: it goes on where it stopped.';
  return new StudioError({ code: 'interrupted', message: 'the download was stopped', remedy }, { cause });
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** What the network said, for a person. */
function networkWords(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'the connection brings nothing any more';
  return `no connection (${((cause ?? {}) as NodeJS.ErrnoException).code ?? message})`;
}

/** Aborts where nothing happens for a while: `awake` says that something did. */
function idleWatch(milliseconds: number): { signal: AbortSignal; awake(): void; end(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearTimeout(timer);
  const awake = (): void => {
    end();
    timer = setTimeout(() => controller.abort(new DOMException('idle', 'TimeoutError')), milliseconds);
  };
  awake();
  return { signal: controller.signal, awake, end };
}

/** Where in the file the body of an answer begins. Throws where the server refuses or sends something else. */
function startOf(response: Response, have: number, refuse: (why: string) => StudioError): number {
  if (!response.ok) throw refuse(`the server answered ${response.status} ${response.statusText}`);
  if (response.status !== 206) return 0;
  if (response.headers.get('content-range')?.startsWith(`bytes ${have}-`)) return have;
  throw refuse('the server sent another part of the file than was asked for');
}

/** One connection: appends to `part` what it lacks. A connection that breaks after an answer just ends. */
async function fetchInto(part: FileHandle, file: Wanted, target: string, options: DownloadOptions): Promise<void> {
  const { onBytes, signal, idleMilliseconds = IDLE_MILLISECONDS } = options;
  const refuse = (why: string, cause?: unknown): StudioError => failed(why, file, target, cause);
  const have = (await part.stat()).size;
  const idle = idleWatch(idleMilliseconds);
  let answered = false;
  try {
    const response = await fetch(file.address, {
      // Compressed on the way, a range would count other bytes.
      headers: { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
      signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal,
    });
    answered = true;
    let done = startOf(response, have, refuse);
    await part.truncate(done);
    for await (const chunk of response.body ?? []) {
      if (done + chunk.length > file.bytes) {
        await part.truncate(0);
        throw refuse(`the server sends more than the ${file.bytes} bytes of the catalogue`);
      }
      await part.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      onBytes?.(done);
      idle.awake();
    }
  } catch (error) {
    if (signal?.aborted) throw interrupted(error);
    // Errors of the file system have a code of their own, those of the network are wrapped.
    if (error instanceof StudioError || errorDetails(error).code !== 'internal') throw error;
    if (!answered) throw refuse(networkWords(error), error);
  } finally {
    idle.end();
  }
}

/** Brings `path` to its full size, in several connections if they break. */
async function fillPart(path: string, file: Wanted, target: string, options: DownloadOptions): Promise<void> {
  const have = await sizeOf(path);
  await requireFreeSpace(dirname(path), file.bytes - have);
  const part = await open(path, have > 0 && have <= file.bytes ? 'r+' : 'w');
  try {
    for (let connection = 0; (await part.stat()).size < file.bytes; connection++) {
      if (connection === MAX_CONNECTIONS) throw failed(`the connection broke ${connection} times`, file, target);
      await fetchInto(part, file, target, options);
    }
    await part.sync();
  } finally {
    await part.close();
    if ((await sizeOf(path)) === 0) await rm(path, { force: true });
  }
}

/**
 * Fetches a file to `target`, unless it is there: streamed into `target`.part, from where a part of it left off, checked
 * against its digest, and renamed. Returns whether it was fetched. Throws `download-failed` (offline, refused, cut off,
 * another digest), `disk-full`, `not-writable`, `interrupted`.
 */
export async function download(file: Wanted, target: string, options: DownloadOptions = {}): Promise<boolean> {
  const { bytes, digest, address } = file;
  const matches = async (path: string): Promise<boolean> =>
    (await sizeOf(path)) === bytes && (await fileDigest(digest.algorithm, path)) === digest.hex;
  if (await matches(target)) return false;
  if ((await sizeOf(target)) > 0) {
    throw new StudioError({
      code: 'file-damaged',
      message: `the file is there but is not the one of the catalogue (${bytes} bytes, ${digest.algorithm} ${digest.hex})`,
      file: target,
      remedy: 'Delete or rename it and try again.',
    });
  }
  const part = `${target}.part`;
  await fillPart(part, file, target, options);
  if (!(await matches(part))) {
    await rm(part);
    const what = `what ${new URL(address).host} sent is not the file of the catalogue`;
    throw failed(`${what} (its ${digest.algorithm} is not ${digest.hex})`, file, target);
  }
  await rename(part, target);
  return true;
}
