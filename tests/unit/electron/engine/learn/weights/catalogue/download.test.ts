import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../../../../../../electron/engine/learn/weights/catalogue/download.js';
import type { CatalogueFile } from '../../../../../../../electron/engine/learn/weights/catalogue/entries.js';
import { temporaryFolder } from '../../../../../../support/folder.js';
import { localServer } from '../../../../../../support/server.js';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
const sha256 = createHash('sha256').update(content).digest('hex');

const wanted = (address: string, hex = sha256): CatalogueFile => ({
  path: 'w.bin',
  address: `${address}/w.bin`,
  bytes: content.length,
  digest: { algorithm: 'sha256', hex },
});
/** Where the asked range begins; 0 without one. */
const startOf = (range = 'bytes=0-'): number => Number(/^bytes=(\d+)-$/.exec(range)![1]);

/** Sends the file from `from` on, as a range where that is not 0. */
function send(response: ServerResponse, from: number): void {
  const range = `bytes ${from}-${content.length - 1}/${content.length}`;
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? { 'content-range': range } : {});
  response.end(content.subarray(from));
}

describe('download', () => {
  it('fetches a file, tells the bytes, and finds it the next time', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    let asked = 0;
    const file = wanted(await localServer((_, response) => (asked++, send(response, 0))));
    const seen: number[] = [];
    expect(await download(file, target, { onBytes: (done) => seen.push(done) })).toBe(true);
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(existsSync(`${target}.part`)).toBe(false);
    expect(seen.at(-1)).toBe(content.length);
    expect(await download(file, target)).toBe(false);
    expect(asked).toBe(1);
  });

  it('goes on where a part left off', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    writeFileSync(`${target}.part`, content.subarray(0, 50_000));
    const ranges: (string | undefined)[] = [];
    const address = await localServer(({ headers }, response) => {
      ranges.push(headers.range);
      send(response, startOf(headers.range));
    });
    await download(wanted(address), target);
    expect(ranges).toEqual(['bytes=50000-']);
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('starts anew where the server knows no ranges', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    writeFileSync(`${target}.part`, content.subarray(0, 50_000));
    await download(wanted(await localServer((_, response) => send(response, 0))), target);
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('survives connections that break, each going on', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    const starts: number[] = [];
    const address = await localServer(({ headers }, response) => {
      const from = startOf(headers.range);
      starts.push(from);
      if (starts.length > 2) return send(response, from);
      response.writeHead(from > 0 ? 206 : 200, {
        'content-length': content.length - from,
        ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
      });
      response.write(content.subarray(from, from + 60_000), () => setTimeout(() => response.destroy(), 50));
    });
    await download(wanted(address), target);
    expect(starts).toHaveLength(3);
    expect(starts[1]).toBeGreaterThan(0);
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('keeps the part of a download that is stopped', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    const abort = new AbortController();
    const address = await localServer((_, response) => response.write(content.subarray(0, 1000)));
    const stopped = download(wanted(address), target, { signal: abort.signal, onBytes: () => abort.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    expect(readFileSync(`${target}.part`)).toEqual(content.subarray(0, 1000));
  });

  it('gives up a connection that brings nothing', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    const address = await localServer(() => undefined);
    const idle = download(wanted(address), target, { idleMilliseconds: 30 });
    await expect(idle).rejects.toMatchObject({ code: 'download-failed', message: expect.stringContaining('nothing') });
  });

  it('refuses a file with another hash, and keeps nothing of it', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    const file = wanted(await localServer((_, response) => send(response, 0)), '0'.repeat(64));
    await expect(download(file, target)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('is not the file of the catalogue'),
    });
    expect([target, `${target}.part`].some(existsSync)).toBe(false);
  });

  it('ends a file that is larger than it should be before it fills the disk', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    const address = await localServer((_, response) => {
      const more = (): void => void (response.destroyed || response.write(content, more));
      more();
    });
    await expect(download(wanted(address), target)).rejects.toThrow('sends more than the 200000 bytes');
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it.each([404, 503])('passes on the answer %i, with the address and where to put the file', async (status) => {
    const target = join(temporaryFolder(), 'w.bin');
    writeFileSync(`${target}.part`, content.subarray(0, 10));
    const address = await localServer((_, response) => response.writeHead(status).end('no'));
    await expect(download(wanted(address), target)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(`${address}/w.bin: the server answered ${status}`),
      remedy: expect.stringContaining(target),
    });
    expect(readFileSync(`${target}.part`)).toHaveLength(10);
  });

  it('refuses another part than the one asked for', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    writeFileSync(`${target}.part`, content.subarray(0, 10));
    const address = await localServer((_, response) => send(response, 20));
    await expect(download(wanted(address), target)).rejects.toThrow('another part of the file');
  });

  it('says without a connection what to fetch by hand and where to put it', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    await expect(download(wanted('http://127.0.0.1:1'), target)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('http://127.0.0.1:1/w.bin: no connection'),
      remedy: expect.stringContaining(`put the file at ${target}`),
    });
    writeFileSync(target, content);
    expect(await download(wanted('http://127.0.0.1:1'), target)).toBe(false);
  });

  it('leaves alone a file that is there and is another one', async () => {
    const target = join(temporaryFolder(), 'w.bin');
    writeFileSync(target, 'mine');
    await expect(download(wanted('http://127.0.0.1:1'), target)).rejects.toMatchObject({ code: 'file-damaged' });
    expect(readFileSync(target, 'utf8')).toBe('mine');
  });
});
