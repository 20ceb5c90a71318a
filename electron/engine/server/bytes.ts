import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { StudioError } from '../../../shared/errors.js';
import { fileVersion } from '../project/file-version.js';

/** How long a browser may keep an answer whose address names the version: for ever. */
const IMMUTABLE = 'private, max-age=31536000, immutable';
/** Kept, but asked for again before it is shown. */
const ASK_AGAIN = 'private, no-cache';

export interface Versioned {
  /** What the bytes depend on. */
  version: string;
  /** Version that the address names. */
  asked: string | undefined;
  /** The bytes with their media type; not called where the browser has them. */
  read(): Promise<{ type: string; data: Uint8Array | ReadableStream }>;
}

/** Bytes with their ETag; 304 without reading them where the browser has them. */
export async function sendVersioned(c: Context, { version, asked, read }: Versioned): Promise<Response> {
  const etag = `"${version}"`;
  const headers = { ETag: etag, 'Cache-Control': asked === version ? IMMUTABLE : ASK_AGAIN };
  const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag)) return c.body(null, 304, headers);
  // Nobody would read what is answered to HEAD.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers);
  const { type, data } = await read();
  return c.body(data as Uint8Array<ArrayBuffer>, 200, { ...headers, 'Content-Type': type });
}

/** The version of a file. Throws `file-missing` where there is none. */
export async function versionOf(file: string, what: string): Promise<string> {
  const version = await fileVersion(file);
  if (version !== null) return version;
  throw new StudioError({ code: 'file-missing', message: `there is no ${what}`, file, remedy: 'Make it first, or look at another image.' }); // prettier-ignore
}

/** A PNG of the project as it is. Throws `file-missing`. */
export async function sendPng(c: Context, file: string, what: string, asked: string | undefined): Promise<Response> {
  return sendVersioned(c, {
    version: await versionOf(file, what),
    asked,
    read: async () => ({ type: 'image/png', data: Readable.toWeb(createReadStream(file)) as ReadableStream }),
  });
}
