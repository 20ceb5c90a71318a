import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeLabelMap, encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { api } from '../../../../../shared/api/index.js';
import { fromBase64, toBase64 } from '../../../../../shared/base64.js';
import { packRuns, unpackRuns } from '../../../../../shared/label-map/runs.js';
import { jpeg, put } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

const SIDE = 40;
const ID = 'p000';
const FILE = `masks/corrected/${ID}.png`;

let folder: string;
let root: string;
let engine: TestEngine;
beforeEach(() => {
  folder = temporaryFolder();
  root = smallProject(folder, 2);
  engine = testEngine(root);
});

const params = () => ({ project: engine.project, id: ID });
const mask = (label: number): Uint8Array => new Uint8Array(SIDE * SIDE).fill(label, 100, 700);
const labels = (data: Uint8Array): string => toBase64(packRuns(data));
const save = (data: Uint8Array, base: string | null, size = SIDE) =>
  engine.client.call(api.masks.save, { params: params(), body: { width: size, height: size, labels: labels(data), base } }); // prettier-ignore
const onDisk = (): Uint8Array => decodeLabelMap(readFileSync(join(root, FILE)), FILE).data;
/** Makes a file as if it had been written some minutes ago. */
const age = (path: string): void => utimesSync(join(root, path), new Date(Date.now() - 300_000), new Date(Date.now() - 300_000)); // prettier-ignore
const history = (): string[] =>
  existsSync(join(root, `history/${ID}`)) ? readdirSync(join(root, `history/${ID}`)) : [];

describe('a mask made by hand', () => {
  it('is saved to the pixel, read again, and replaced by who knows its version', async () => {
    const first = await save(mask(1), null);
    expect(onDisk()).toEqual(mask(1));
    const read = await engine.client.call(api.masks.labels, { params: { ...params(), set: 'corrected' } });
    expect(read).toMatchObject({ width: SIDE, height: SIDE, version: first.version });
    expect(unpackRuns(fromBase64(read.labels), SIDE * SIDE)).toEqual(mask(1));
    await save(mask(255), first.version);
    expect(onDisk()).toEqual(mask(255));
    expect(history()).toEqual([]);
  });

  it('is not replaced by who does not: the answer names what is there', async () => {
    const { version } = await save(mask(1), null);
    const late = { code: 'changed-elsewhere', version };
    await expect(save(mask(2), null)).rejects.toMatchObject(late);
    await expect(save(mask(2), 'another')).rejects.toMatchObject(late);
    const reset = engine.client.call(api.masks.reset, { params: params(), body: { base: 'another' } });
    await expect(reset).rejects.toMatchObject(late);
    expect(onDisk()).toEqual(mask(1));
    rmSync(join(root, FILE));
    await expect(save(mask(2), version)).rejects.toMatchObject({ code: 'changed-elsewhere', version: undefined });
  });

  it('goes to one of two who save at once', async () => {
    const both = await Promise.allSettled([save(mask(1), null), save(mask(2), null)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(onDisk()).toEqual(mask(both[0].status === 'fulfilled' ? 1 : 2));
  });

  it('is kept among the earlier versions once it has stood a while, and when it is reset', async () => {
    await save(mask(1), null);
    age(FILE);
    const base = (await engine.client.call(api.masks.labels, { params: { ...params(), set: 'corrected' } })).version;
    const { version } = await save(mask(2), base);
    expect(history()).toHaveLength(1);
    await engine.client.call(api.masks.reset, { params: params(), body: { base: version } });
    expect(existsSync(join(root, FILE))).toBe(false);
    const kept = history().map((name) => decodeLabelMap(readFileSync(join(root, `history/${ID}`, name)), name).data);
    expect(kept).toEqual([mask(1), mask(2)]);
  });

  it('keeps twenty earlier versions', async () => {
    for (let i = 0; i < 25; i++)
      put(root, `history/${ID}/2020-01-01T0000${String(i).padStart(2, '0')}.000Z.png`, 'old');
    const { version } = await save(mask(1), null);
    await engine.client.call(api.masks.reset, { params: params(), body: { base: version } });
    expect(history()).toHaveLength(20);
    expect(history().at(-1)).not.toMatch(/^2020/);
  });
});

describe('what cannot be saved', () => {
  it('is of another size than the photo is by now', async () => {
    await expect(save(new Uint8Array(900), null, 30)).rejects.toMatchObject({ code: 'size-mismatch' });
    writeFileSync(join(folder, `photos/${ID}.png`), await jpeg(30, 30));
    await expect(save(mask(1), null)).rejects.toMatchObject({ code: 'size-mismatch', message: expect.stringContaining('30x30') }); // prettier-ignore
    rmSync(join(folder, `photos/${ID}.png`));
    await save(mask(1), null);
    expect(onDisk()).toEqual(mask(1));
  });

  it('has labels of no class, too few pixels, or is no mask at all', async () => {
    await expect(save(mask(3), null)).rejects.toMatchObject({ code: 'label-unknown' });
    await expect(save(mask(1).subarray(1), null)).rejects.toMatchObject({ code: 'file-damaged' });
    const body = { width: SIDE, height: SIDE, labels: '?', base: null };
    await expect(engine.client.call(api.masks.save, { params: params(), body })).rejects.toMatchObject({ code: 'usage' }); // prettier-ignore
    const nobody = engine.client.call(api.masks.save, { params: { ...params(), id: '../x' }, body });
    await expect(nobody).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(join(root, 'masks/corrected'))).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('lies in a folder that may not be written (skipped for root)', async () => {
    const { version } = await save(mask(1), null);
    chmodSync(join(root, 'masks/corrected'), 0o500);
    await expect(save(mask(2), version)).rejects.toMatchObject({ code: 'not-writable' });
    chmodSync(join(root, 'masks/corrected'), 0o700);
    expect(onDisk()).toEqual(mask(1));
  });

  it('has a file where its folder should be', async () => {
    mkdirSync(join(root, 'masks'), { recursive: true });
    writeFileSync(join(root, 'masks/corrected'), '');
    await expect(save(mask(1), null)).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('is too much for one request', async () => {
    const response = await engine.raw(`/api/projects/${engine.project}/images/${ID}/masks/corrected`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${engine.secrets.token}`, 'content-type': 'application/json', 'content-length': String(2 ** 27) },
      body: '{}',
    }); // prettier-ignore
    expect(response.status).toBe(413);
  });
});

describe('a mask that cannot be worked on', () => {
  const read = (set: string) => engine.client.call(api.masks.labels, { params: { ...params(), set } });

  it('is missing, of no bytes, or of another size', async () => {
    await expect(read('fused')).rejects.toMatchObject({ code: 'file-missing' });
    put(root, FILE, '');
    await expect(read('corrected')).rejects.toMatchObject({
      code: 'file-damaged',
      file: expect.stringContaining(FILE),
    });
    put(root, `masks/fused/${ID}.png`, encodeLabelMap({ width: 4, height: 4, data: new Uint8Array(16) }));
    await expect(read('fused')).rejects.toMatchObject({ code: 'size-mismatch' });
  });
});
