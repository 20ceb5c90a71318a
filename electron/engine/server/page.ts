import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { Handler } from 'hono';
import { StudioError } from '../../../shared/errors.js';
import { fileVersion } from '../project/file-version.js';
import { resolveInside } from '../project/paths.js';
import { sendVersioned } from './bytes.js';
import { noWindowPage } from './plain-pages.js';

/** Kinds of file that the window's page consists of; no other is sent. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The files of the window's page, a folder that the build makes. An address without an ending is a place inside the page.
 * Throws `path-outside`, `file-missing`.
 */
export function pageFiles(folder: string): Handler {
  return async (c) => {
    const wanted = decoded(c.req.path).replace(/^\//, '');
    const ending = extname(wanted);
    const file = resolveInside(folder, ending === '' ? 'index.html' : wanted);
    const [type, version] = [types[ending || '.html'], await fileVersion(file)];
    if (type === undefined || version === null) {
      if (ending === '' || wanted === 'index.html') return c.html(noWindowPage);
      throw new StudioError({ code: 'file-missing', message: 'there is no such file', file: wanted });
    }
    // The build puts a digest of the content into the names of assets.
    const asked = wanted.startsWith('assets/') ? version : undefined;
    const read = async () => ({ type, data: Readable.toWeb(createReadStream(file)) as ReadableStream });
    return sendVersioned(c, { version, asked, read });
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new StudioError({ code: 'usage', message: 'the address is not percent-encoded as it should be' });
  }
}
