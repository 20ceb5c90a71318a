import { utimesSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { api, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { put } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

let root: string;
let engine: TestEngine;
let params: { project: string };
beforeEach(() => {
  root = smallProject(temporaryFolder(), 6, (i) => (i < 4 ? 'train' : null));
  engine = testEngine(root);
  params = { project: engine.project };
});

const call = <R extends Route>(route: R, request: RequestOf<R>) => engine.client.call(route, request);
const ids = async (query: object): Promise<string[]> =>
  (await call(api.images.page, { params, query })).images.map(({ id }) => id);
const apply = (selection: object, change: object) =>
  call(api.edits.apply, { params, body: { selection, change } as never });

describe('edits', () => {
  it('change all that a query finds but some, and are taken back and done again', async () => {
    const told: unknown[] = [];
    engine.workspace.get(engine.project).events.listen((event) => told.push(event));
    const change = { addTags: ['blurry '], review: 'reviewed', removeClasses: [0] };
    const { edit } = await apply({ query: { split: 'train' }, except: ['p001'] }, change);
    expect(edit).toMatchObject({ images: 3, change: { addTags: ['blurry'], addClasses: [] } });
    expect(told).toEqual([{ type: 'changed', topics: ['images'] }]);
    expect(await ids({ tags: ['blurry'], review: ['reviewed'] })).toEqual(['p000', 'p002', 'p003']);
    expect(await call(api.edits.tags, { params })).toEqual({ tags: [{ name: 'blurry', images: 3 }] });
    expect(await call(api.images.get, { params: { ...params, id: 'p002' } })).toMatchObject({
      classes: [1],
      tags: ['blurry'],
      review: 'reviewed',
      labelEdits: [{ classIndex: 0, present: false }],
    });
    expect(await call(api.edits.undo, { params, body: {} })).toEqual({ edit });
    expect(await ids({ tags: ['blurry'] })).toEqual([]);
    expect(await call(api.edits.next, { params })).toEqual({ undo: null, redo: edit });
    expect(await call(api.edits.redo, { params, body: {} })).toEqual({ edit });
    expect(await call(api.edits.redo, { params, body: {} })).toEqual({ edit: null });
    expect(await apply({ ids: ['p000', 'nowhere'] }, change)).toEqual({ edit: null });
  });

  it.each([
    [{ ids: ['p000'] }, { addClasses: [2] }, 'label-unknown'],
    [{ ids: ['p000'] }, { addTags: ['x'.repeat(61)] }, 'usage'],
    [{ ids: ['p000'], query: {} }, { review: 'reviewed' }, 'usage'],
    [{ ids: new Array(20_001).fill('a') }, { review: 'reviewed' }, 'usage'],
    [{ query: { sort: 'beauty', scores: ['beauty>1'] } }, { review: 'reviewed' }, 'usage'],
    [{}, { review: 'reviewed' }, 'usage'],
  ])('of %j by %j are refused with %s', async (selection, change, code) => {
    await expect(apply(selection, change)).rejects.toMatchObject({ code });
    expect(await call(api.edits.next, { params })).toEqual({ undo: null, redo: null });
  });

  it('take tags and names as text, whatever they look like to a database', async () => {
    const odd = ["'); DROP TABLE images; --", '"%_\\', '<b>x</b>', '🐦'];
    await apply({ ids: ['p000', "p001' OR '1'='1"] }, { addTags: odd });
    expect(await ids({ tags: odd })).toEqual(['p000']);
    expect((await call(api.edits.tags, { params })).tags.map(({ name }) => name).sort()).toEqual([...odd].sort());
    expect(await ids({ scores: ["miou/x' OR 1 OR '>0"] })).toEqual([]);
    expect(await ids({ sort: "miou/x') --" })).toHaveLength(6);
  });

  it('move on to what is not reviewed yet, in the order of the filter', async () => {
    await apply({ ids: ['p001', 'p002'] }, { review: 'reviewed' });
    const beside = async (from: string, query: object = {}) =>
      (await call(api.images.beside, { params, query: { from, state: 'unreviewed', ...query } })).found;
    expect(await beside('p000')).toEqual({ id: 'p003', place: 3 });
    expect(await beside('p000', { classes: [0] })).toEqual({ id: 'p003', place: 2 });
    expect(await beside('p003', { forward: false })).toEqual({ id: 'p000', place: 0 });
    expect(await beside('p005')).toBeNull();
    expect(await beside('p003', { sort: 'labels', order: 'descending' })).toEqual({ id: 'p000', place: 5 });
    expect(await call(api.images.ids, { params, query: { offset: 1, limit: 2, order: 'descending' } })).toEqual({ ids: ['p004', 'p003'] }); // prettier-ignore
  });
});

describe('scores', () => {
  const evaluation = (miou: (number | null)[]) => ({
    version: 1, name: 'fused', kind: 'masks', set: 'fused', split: null, images: 6, evaluated: 6, withoutTruth: [], failures: [],
    missingMaps: 0, mIoU: 0.5, mIoULabelled: 0.5, pixelAccuracy: 0.5, pixelAccuracyLabelled: 0.5, meanClassAccuracy: 0.5,
    frequencyWeightedIoU: 0.5, boundaryIoU: 0.5, labelledShare: 1, perClass: [], confusion: [], undecided: [], threshold: null,
    perImage: miou.map((mIoU, i) => ({ id: `p00${i}`, mIoU, pixelAccuracy: 1, missed: 0, invented: 0, confused: 0, undecided: 0 })),
  }); // prettier-ignore
  const write = (miou: (number | null)[], at: number) => {
    const file = put(root, 'evaluations/fused.json', JSON.stringify(evaluation(miou)));
    utimesSync(file, at, at);
  };

  it('of an evaluation sort, narrow and are spread over bins, as its file says by now', async () => {
    write([0.9, null, 0.2, 0.5], 1000);
    expect((await call(api.images.scores, { params })).scores).toEqual(
      expect.arrayContaining(['pixels', 'labels', 'miou/fused', 'undecided/fused']),
    );
    const page = await call(api.images.page, { params, query: { sort: 'miou/fused' } });
    expect(page.images.map(({ id, score }) => [id, score])).toEqual([['p002', 0.2], ['p003', 0.5], ['p000', 0.9], ['p001', null], ['p004', null], ['p005', null]]); // prettier-ignore
    expect(await ids({ scores: ['miou/fused>=0.5'], sort: 'miou/fused', order: 'descending' })).toEqual(['p000', 'p003']); // prettier-ignore
    expect(await call(api.images.histogram, { params, query: { score: 'miou/fused', bins: 7 } })).toMatchObject({ least: 0.2, greatest: 0.9, missing: 3 }); // prettier-ignore
    write([0.1], 2000);
    expect(await ids({ scores: ['miou/fused<1'] })).toEqual(['p000']);
    expect(await ids({ scores: ['miou/other<1'] })).toEqual([]);
  });

  it('go on page after page where many have none', async () => {
    write([0.9, null, 0.2], 1000);
    const query = { sort: 'miou/fused', order: 'descending', limit: 4 } as const;
    const { images, next } = await call(api.images.page, { params, query });
    const after = await call(api.images.page, { params, query: { ...query, after: next! } });
    expect([...images, ...after.images].map(({ id }) => id)).toEqual(['p000', 'p002', 'p005', 'p004', 'p003', 'p001']);
  });

  it('say what is wrong with the file of an evaluation', async () => {
    put(root, 'evaluations/broken.json', '{');
    await expect(ids({ sort: 'miou/broken' })).rejects.toMatchObject({ code: 'file-damaged' });
  });
});

it('views are kept by name, one of them as the default', async () => {
  const save = (name: string, body: object) =>
    call(api.views.save, { params: { ...params, name }, body: body as never });
  const filter = { classes: [1], match: 'all', sort: 'labels', scores: ['labels>1'] };
  await save('bars / worst', { filter, byDefault: true });
  await save('b', { filter: {}, byDefault: true });
  const { views } = await call(api.views.list, { params });
  expect(views.map(({ name, byDefault }) => [name, byDefault])).toEqual([['b', true], ['bars / worst', false]]); // prettier-ignore
  expect(views[1].filter).toMatchObject(filter);
  await call(api.views.remove, { params: { ...params, name: 'b' } });
  expect((await call(api.views.list, { params })).views).toHaveLength(1);
  await expect(save('x', { filter: { sort: 'beauty' } })).rejects.toMatchObject({ code: 'usage' });
  await expect(save('x'.repeat(61), { filter: {} })).rejects.toMatchObject({ code: 'usage' });
});
