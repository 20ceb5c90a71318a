import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeLabelMap, encodeGrey, encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { api, urlOf, type EngineEvent, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { put, vocDevkit } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

let folder: string;
let root: string;
let engine: TestEngine;
let params: { project: string };
beforeEach(() => {
  folder = temporaryFolder();
  root = smallProject(folder, 6, (i) => (i < 4 ? 'train' : null));
  engine = testEngine(root);
  params = { project: engine.project };
});

const call = <R extends Route>(route: R, request: RequestOf<R>) => engine.client.call(route, request);
const of = (id: string, more: object = {}) => ({ project: engine.project, id, ...more });
const square = (label: number): Uint8Array =>
  encodeLabelMap({ width: 40, height: 40, data: Uint8Array.from({ length: 1600 }, (_, i) => (i < 800 ? label : 255)) });

describe('projects', () => {
  it('that are open are listed, with their figures', async () => {
    const { projects } = await call(api.projects.list, {});
    expect(projects).toEqual([{ key: engine.project, root, name: 'small' }]);
    expect(await call(api.projects.info, { params })).toMatchObject({
      name: 'small',
      images: 6,
      splits: { '': 2, train: 4 },
      classes: [{ name: 'disc', images: 4 }, { name: 'bar', images: 4 }],
      palette: [[0, 0, 0], [128, 0, 0], [0, 128, 0]],
      failureCount: 0,
    }); // prettier-ignore
    expect(await call(api.projects.open, { body: { folder: root } })).toEqual(projects[0]);
    await expect(call(api.projects.open, { body: { folder } })).rejects.toMatchObject({ code: 'project-missing' });
    await expect(call(api.projects.info, { params: { project: 'x' } })).rejects.toMatchObject({
      code: 'project-missing',
    });
  });

  it('are made for a dataset, after a dry run that writes nothing', async () => {
    const dataset = await vocDevkit(join(folder, 'voc'), [
      { id: 'a', split: 'train', classes: [0] },
      { id: 'b', split: 'train', classes: [0, 3], truth: { width: 3, height: 3 } },
      { id: 'c', split: 'val', classes: [3], truth: null },
    ]);
    writeFileSync(join(dataset, 'JPEGImages/c.jpg'), 'cut short');
    const found = await call(api.projects.dryRun, { body: { dataset } });
    expect(found).toMatchObject({
      format: 'voc',
      images: 3,
      complete: true,
      splits: { train: 2, val: 1 },
      withTruth: 2,
      unlabelled: 0,
      examined: 3,
      failureCount: 2,
    });
    expect(found.failures.map(({ id, code }) => [id, code]).sort()).toEqual([['b', 'size-mismatch'], ['c', 'file-damaged']]); // prettier-ignore
    expect(found.classes.filter(({ images }) => images > 0).map(({ images }) => images)).toEqual([2, 2]);

    const made = join(folder, 'made');
    const { project, job } = await call(api.projects.create, { body: { folder: made, dataset } });
    expect(project).toMatchObject({ root: made, name: 'made' });
    expect(job).toMatchObject({ kind: 'import', state: 'running', request: { dataset, domain: 'target' } });
    await expect(call(api.projects.create, { body: { folder: made, dataset } })).rejects.toMatchObject({
      code: 'project-exists',
    });
    expect((await call(api.projects.list, {})).projects).toHaveLength(2);
  });
});

describe('images', () => {
  it('come in pages, with the versions of their photos', async () => {
    const first = await call(api.images.page, { params, query: { limit: 4, classes: [0] } });
    expect(first.total).toBe(4);
    expect(first.images.map(({ id }) => id)).toEqual(['p000', 'p002', 'p003', 'p005']);
    expect(first.images[1]).toMatchObject({ width: 40, classes: [0, 1], hasTruth: false, version: expect.any(String) });
    const { images, next } = await call(api.images.page, { params, query: { limit: 2, after: undefined } });
    const after = await call(api.images.page, { params, query: { limit: 2, after: next! } });
    expect([...images, ...after.images].map(({ id }) => id)).toEqual(['p000', 'p001', 'p002', 'p003']);
    await expect(call(api.images.page, { params, query: { limit: 501 } })).rejects.toMatchObject({
      message: expect.stringMatching(/^query\.limit/),
    });
  });

  it('are narrowed by masks as they lie in the folder', async () => {
    const ids = async (masked: boolean): Promise<string[]> =>
      (await call(api.images.page, { params, query: { masks: 'fused', masked } })).images.map(({ id }) => id);
    expect(await ids(true)).toEqual([]);
    const file = put(root, 'masks/fused/p001.png', square(1));
    const settled = new Date(Date.now() - 60_000);
    for (const path of [file, join(file, '..')]) utimesSync(path, settled, settled);
    expect(await ids(true)).toEqual(['p001']);
    expect(await ids(false)).toHaveLength(5);
  });

  it('have statistics', async () => {
    expect(await call(api.images.statistics, { params, query: { split: 'train' } })).toEqual({
      images: 4,
      splits: { train: 4 },
      domains: { target: 4 },
      classes: [3, 2],
      withTruth: 0,
      unlabelled: 0,
      together: [[3, 1], [1, 2]],
    }); // prettier-ignore
  });

  it('have the files that were made of them', async () => {
    const grey = encodeGrey({ width: 40, height: 40, data: new Uint8Array(1600) });
    put(root, 'maps/m/p002_1.png', grey);
    put(root, 'saliency/s/p002.png', grey);
    put(root, 'masks/corrected/p002.png', square(2));
    const image = await call(api.images.get, { params: of('p002') });
    expect(image).toMatchObject({ id: 'p002', path: 'p002.png', labelChanges: [] });
    expect(image.files.map(({ kind, name, classIndex }) => [kind, name, classIndex])).toEqual([
      ['maps', 'm', 1],
      ['saliency', 's', undefined],
      ['masks', 'corrected', undefined],
    ]);
    for (const path of [
      urlOf(api.images.map, { params: of('p002', { set: 'm', classIndex: 1 }) as never }),
      urlOf(api.images.saliency, { params: of('p002', { set: 's' }) as never }),
    ]) {
      const response = await engine.get(path);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(grey))).toBe(true);
    }
    const mask = await engine.get(urlOf(api.images.mask, { params: of('p002', { set: 'corrected' }) as never }));
    expect(decodeLabelMap(new Uint8Array(await mask.arrayBuffer()), 'mask').data[0]).toBe(2);
    await expect(call(api.images.get, { params: of('nowhere') })).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('of any id are found by their address', async () => {
    const { store } = engine.workspace.get(engine.project).project;
    const ids = ['a b/ü%20?&#', '100%', 'statistics', '+', "it's"];
    const [image] = store.images();
    store.addImages(ids.map((id) => ({ ...image, id })));
    for (const id of ids) expect(await call(api.images.get, { params: of(id) })).toMatchObject({ id });
  });
});

describe('pictures', () => {
  const thumbnail = (id: string, query: object = {}) => urlOf(api.images.thumbnail, { params: of(id), query });
  const version = async (id: string) => (await call(api.images.get, { params: of(id) })).version!;

  it('are kept for ever under the version of the photo, and asked for again under none', async () => {
    const v = await version('p000');
    const response = await engine.get(thumbnail('p000', { v }));
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 40 });
    const etag = response.headers.get('etag')!;
    const again = await engine.get(thumbnail('p000'), { 'If-None-Match': `"x", W/${etag}` });
    expect(again.status).toBe(304);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
    expect((await engine.get(thumbnail('p000', { v: 'old' }))).headers.get('cache-control')).toBe('private, no-cache');
    writeFileSync(join(folder, 'photos/p000.png'), readFileSync(join(folder, 'photos/p002.png')));
    utimesSync(join(folder, 'photos/p000.png'), 1, 1);
    expect(await version('p000')).not.toBe(v);
    expect((await engine.get(thumbnail('p000'), { 'If-None-Match': etag })).status).toBe(200);
  });

  it('are as small as asked for, and upright', async () => {
    const file = join(folder, 'photos/p001.png');
    const wide = { create: { width: 100, height: 60, channels: 3, background: 'red' } } as const;
    writeFileSync(file, await sharp(wide).jpeg().withMetadata({ orientation: 6 }).toBuffer());
    const small = await engine.get(thumbnail('p001', { side: 50 }));
    expect(await sharp(await small.arrayBuffer()).metadata()).toMatchObject({ width: 30, height: 50 });
    const photo = await engine.get(urlOf(api.images.photo, { params: of('p001') }));
    const { width, height, orientation, format } = await sharp(await photo.arrayBuffer()).metadata();
    expect([photo.headers.get('content-type'), format, width, height]).toEqual(['image/jpeg', 'jpeg', 60, 100]);
    expect(orientation ?? 1).toBe(1);
  });

  it('of a photo that stands upright are its own bytes, and of another kind a PNG', async () => {
    const photo = urlOf(api.images.photo, { params: of('p003') });
    const own = await engine.get(photo);
    expect(Buffer.from(await own.arrayBuffer()).equals(readFileSync(join(folder, 'photos/p003.png')))).toBe(true);
    const tiff = await sharp(join(folder, 'photos/p003.png')).tiff().toBuffer();
    writeFileSync(join(folder, 'photos/p003.png'), tiff);
    const turned = await engine.get(photo);
    expect(turned.headers.get('content-type')).toBe('image/png');
    const raw = async (bytes: Buffer) => sharp(bytes).raw().toBuffer();
    expect((await raw(Buffer.from(await turned.arrayBuffer()))).equals(await raw(tiff))).toBe(true);
  });

  it('say what is wrong with a photo', async () => {
    writeFileSync(join(folder, 'photos/p004.png'), 'nothing');
    const broken = await engine.get(thumbnail('p004', { v: await version('p004') }));
    expect(broken.status).toBe(422);
    expect(await broken.json()).toMatchObject({ code: 'file-damaged', remedy: expect.any(String) });
    expect(broken.headers.get('cache-control')).toBe('no-store');
  });

  it('of ground truth are label maps of the project', async () => {
    const { store } = engine.workspace.get(engine.project).project;
    put(folder, 'photos/t.png', square(2));
    store.updateImage({ ...store.image('p000')!, truth: 't.png' });
    const response = await engine.get(urlOf(api.images.truth, { params: of('p000') }));
    const { data } = decodeLabelMap(new Uint8Array(await response.arrayBuffer()), 'truth');
    expect([data[0], data[1599]]).toEqual([2, 255]);
    expect((await engine.get(urlOf(api.images.truth, { params: of('p001') }))).status).toBe(404);
  });
});

describe('reference sets, runs, sets and settings', () => {
  it('store references that carry the class', async () => {
    const body = { classIndex: 0, references: ['p000', 'p002'] };
    expect(await call(api.references.set, { params, body })).toEqual(body);
    expect(await call(api.references.list, { params, query: { classIndex: 0 } })).toEqual({ sets: [body] });
    expect(await call(api.references.list, { params, query: { classIndex: 1 } })).toEqual({ sets: [] });
    const wrong = call(api.references.set, { params, body: { classIndex: 0, references: ['p001'] } });
    await expect(wrong).rejects.toMatchObject({ code: 'label-missing' });
    const none = call(api.references.set, { params, body: { classIndex: 7, references: [] } });
    await expect(none).rejects.toMatchObject({ code: 'label-unknown' });
  });

  it('tell of runs and their logs, and what sets were made from', async () => {
    const job = await call(api.jobs.add, { params, body: { kind: 'train', run: 'r', settings: { backbone: 'tiny' } } });
    const { plan } = engine.workspace.get(engine.project).project.store.jobs.get(job.id)!;
    const record = { schema: 1, origin: 'trained', preset: 'studio', settings: plan.settings, weights: null, split: null, classes: ['disc', 'bar'], images: { count: 6, digest: '' } }; // prettier-ignore
    put(root, 'runs/r/settings.json', JSON.stringify(record));
    put(root, 'runs/r/log.jsonl', '{"step":1}\n{"step":2}\n{"st');
    put(root, 'runs/r/checkpoints/epoch-002.safetensors', '');
    put(root, 'runs/broken/settings.json', '{');
    const { runs } = await call(api.runs.list, { params });
    expect(runs).toMatchObject([{ name: 'r', images: 6, epochs: [2], metrics: null, settings: { epochs: 16 } }]);
    const log = await call(api.runs.log, { params: { ...params, run: 'r' } });
    expect(log).toEqual({ lines: [{ step: 1 }, { step: 2 }], next: 22, end: true });
    put(root, 'runs/r/log.jsonl', '{"step":1}\n{"step":2}\n{"step":3}\n');
    const rest = await call(api.runs.log, { params: { ...params, run: 'r' }, query: { from: log.next } });
    expect(rest.lines).toEqual([{ step: 3 }]);
    await expect(call(api.runs.get, { params: { ...params, run: 'x' } })).rejects.toMatchObject({
      code: 'run-missing',
    });

    const { store } = engine.workspace.get(engine.project).project;
    store.recordArtifact({
      kind: 'maps',
      name: 'm',
      parents: [{ kind: 'run', name: 'r' }],
      settings: { mode: 'multi' },
    });
    put(root, 'maps/m/p000_0.png', '');
    put(root, 'masks/corrected/p000.png', '');
    const { sets } = await call(api.sets.list, { params });
    expect(sets.filter(({ kind }) => kind !== 'run')).toMatchObject([
      { kind: 'maps', name: 'm', parents: [{ kind: 'run', name: 'r' }], settings: { mode: 'multi' } },
      { kind: 'masks', name: 'corrected', parents: [], createdAt: null },
    ]);
  });

  it('describe settings in the language asked for', async () => {
    const { groups } = await call(api.settings.list, { query: { language: 'zh-CN' } });
    const train = groups.find(({ group }) => group === 'train')!;
    const { epochs } = (train.schema as { properties: Record<string, Record<string, unknown>> }).properties;
    expect(epochs).toMatchObject({ type: 'integer', minimum: 1, default: 15, 'x-unit': 'epochs' });
    expect(epochs.description).toMatch(/\p{Script=Han}/u);
    expect(train.presets.reference['optimiser.schedule']).toBe('step');
    expect(train.variants).toMatchObject({ by: 'backbone', values: { tiny: { epochs: 16 } } });
  });
});

describe('jobs', () => {
  it('are added, listed, acted on, moved and removed', async () => {
    const train = (run: string) =>
      call(api.jobs.add, { params, body: { kind: 'train', run, settings: { backbone: 'tiny' } } });
    for (const run of ['a', 'b', 'c']) await train(run);
    await call(api.jobs.move, { params: { ...params, job: 3 }, body: { before: 2 } });
    await call(api.jobs.act, { params: { ...params, job: 1 }, body: { action: 'cancel' } });
    const { jobs } = await call(api.jobs.list, { params });
    expect(jobs.map(({ id, state }) => [id, state])).toEqual([[3, 'running'], [2, 'queued'], [1, 'cancelled']]); // prettier-ignore
    const one = await call(api.jobs.get, { params: { ...params, job: 1 } });
    expect(one.log.map(({ text }) => text)).toEqual(['started', 'cancel', 'cancelled']);
    await call(api.jobs.remove, { params: { ...params, job: 1 } });
    await expect(call(api.jobs.get, { params: { ...params, job: 1 } })).rejects.toMatchObject({ code: 'job-missing' });
    const wrong = call(api.jobs.act, { params: { ...params, job: 2 }, body: { action: 'resume' } });
    await expect(wrong).rejects.toMatchObject({ code: 'job-state', remedy: 'It can pause or cancel.' });
    const invalid = call(api.jobs.add, { params, body: { kind: 'train', run: 'd', settings: { epochs: -1 } } });
    await expect(invalid).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('tell of themselves as events', async () => {
    await call(api.jobs.add, { params, body: { kind: 'import', dataset: '/nowhere' } });
    const response = await engine.get(urlOf(api.events.stream, { params }));
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string): Promise<void> => {
      while (!text.includes(part)) text += (await reader.read()).value ?? '';
    };
    await until('"state":"running"');
    await call(api.jobs.act, { params: { ...params, job: 1 }, body: { action: 'cancel' } });
    await until('event: changed');
    await reader.cancel();
    const events = text.split('\n\n').filter(Boolean).map((event): EngineEvent => {
      const [type, data] = event.split('\n').map((line) => line.replace(/^\w+: /, ''));
      return { type, ...JSON.parse(data) };
    }); // prettier-ignore
    expect(events.at(-1)).toEqual({ type: 'changed', topics: ['images'] });
    expect(events.findLast(({ type }) => type === 'job')).toMatchObject({ job: { id: 1, state: 'cancelled' } });
  });
});

it('the page goes without a window that is not built, and says so', async () => {
  const page = await engine.get('/runs/3');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('window is not built');
});

it('another engine on the same project is told who has it', async () => {
  expect(existsSync(join(root, 'engine.lock'))).toBe(true);
  writeFileSync(
    join(root, 'engine.lock'),
    JSON.stringify({ pid: process.ppid, host: (await import('node:os')).hostname() }),
  );
  expect(() => testEngine(root)).toThrow(`the project is open in another studio: process ${process.ppid}`);
});
