import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeLabelMap, encodeGrey, encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { api, urlOf, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { put } from '../../../../support/dataset.js';
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
      reviews: { unreviewed: 4 },
      withTruth: 0,
      unlabelled: 0,
    });
    const { together } = await call(api.images.together, { params, query: { split: 'train' } });
    expect(together).toEqual([[3, 1], [1, 2]]); // prettier-ignore
  });

  it('have the files that were made of them', async () => {
    const grey = encodeGrey({ width: 40, height: 40, data: new Uint8Array(1600) });
    put(root, 'maps/m/p002_1.png', grey);
    put(root, 'saliency/s/p002.png', grey);
    put(root, 'masks/corrected/p002.png', square(2));
    put(root, 'predictions/round-1/p002.png', square(1));
    const image = await call(api.images.get, { params: of('p002') });
    expect(image).toMatchObject({ id: 'p002', path: 'p002.png', labelChanges: [] });
    expect(image.files.map(({ kind, name, classIndex }) => [kind, name, classIndex])).toEqual([
      ['maps', 'm', 1],
      ['saliency', 's', undefined],
      ['masks', 'corrected', undefined],
      ['predictions', 'round-1', undefined],
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
    const prediction = (id: string) =>
      engine.get(urlOf(api.images.prediction, { params: of(id, { set: 'round-1' }) as never }));
    const predicted = new Uint8Array(await (await prediction('p002')).arrayBuffer());
    expect(decodeLabelMap(predicted, 'prediction').data[0]).toBe(1);
    expect((await prediction('p001')).status).toBe(404);
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
