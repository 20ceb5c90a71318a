import { rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLabelMap } from '../../../../../electron/engine/images/index.js';
import { openProject, type Project } from '../../../../../electron/engine/project/project.js';
import { evaluateSet } from '../../../../../electron/engine/services/evaluation.js';
import type { EvaluationRequest } from '../../../../../electron/engine/services/evaluation-files.js';
import { makeMaskSet } from '../../../../../electron/engine/services/mask-set.js';
import { api, urlOf, type RequestOf, type Route } from '../../../../../shared/api/index.js';
import { maskSettings } from '../../../../../shared/settings/index.js';
import { encodeGrey, encodeLabelMap } from '../../../../../electron/engine/images/index.js';
import { SIZE, put } from '../../../../support/dataset.js';
import { testEngine, type TestEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { measuredProject } from '../../../../support/measured.js';

const COUNT = 8;
let project: Project;
let engine: TestEngine;
let params: { project: string };

const flat = (label: number): Uint8Array =>
  encodeLabelMap({ ...SIZE, data: new Uint8Array(SIZE.width * SIZE.height).fill(label) });
const evaluate = (request: Partial<EvaluationRequest>) =>
  evaluateSet(project, { kind: 'masks', set: 'fused', ...request }, () => undefined, new AbortController().signal);
const call = <R extends Route>(route: R, request: RequestOf<R>) => engine.client.call(route, request);

/** Evaluations `good`, of masks that are right, and `bad`, of the same without an object in i001 and with another in i002. */
beforeEach(async () => {
  project = await measuredProject(temporaryFolder(), COUNT);
  const request = { masks: 'fused', maps: 'good', saliency: 'good' };
  await makeMaskSet(project, request, maskSettings.defaults(), () => undefined, new AbortController().signal);
  await evaluate({ name: 'good' });
  put(project.root, 'masks/fused/i001.png', flat(0));
  put(project.root, 'masks/fused/i002.png', flat(3));
  await evaluate({ name: 'bad' });
  project.close();
  engine = testEngine(project.root);
  params = { project: engine.project };
});

describe('evaluations', () => {
  it('are listed, the latest first, and a damaged one is named', async () => {
    put(project.root, 'evaluations/broken.json', '{');
    const { evaluations, failures } = await call(api.evaluations.list, { params });
    expect(evaluations.map(({ name }) => name)).toEqual(['bad', 'good']);
    expect(evaluations[1]).toMatchObject({ kind: 'masks', set: 'fused', mIoU: 1, evaluated: COUNT - 1 });
    expect(failures).toMatchObject([{ code: 'file-damaged' }]);
  });

  it('have figures without their images', async () => {
    const figures = await call(api.evaluations.figures, { params: { ...params, name: 'bad' } });
    expect(figures).toMatchObject({ name: 'bad', withoutTruth: ['i007'], withoutTruthCount: 1, failureCount: 0 });
    expect(figures).not.toHaveProperty('perImage');
    await expect(call(api.evaluations.figures, { params: { ...params, name: 'none' } })).rejects.toMatchObject({ code: 'file-missing' }); // prettier-ignore
    await expect(call(api.evaluations.figures, { params: { ...params, name: '../x' } })).rejects.toMatchObject({ code: expect.stringMatching(/unsafe|usage|outside/) }); // prettier-ignore
  });

  it('rank their images by a pair, a kind, or the figure', async () => {
    const name = { ...params, name: 'bad' };
    const page = async (query: object) => (await call(api.evaluations.images, { params: name, query })).images;
    expect((await page({ limit: 2 })).map(({ score }) => score.id)).toEqual(['i001', 'i002']);
    const [one, ...none] = await page({ truth: 0, given: 3 });
    expect([one.score.id, one.pixels, none]).toEqual(['i002', (SIZE.width * SIZE.height) / 2, []]);
    expect(one.image).toMatchObject({ id: 'i002', width: SIZE.width });
    expect((await page({ error: 'missed-object' })).map(({ score }) => score.id)).toEqual(['i001']);
    const worse = await page({ baseline: 'good', changed: 'worse' });
    expect(worse.map(({ score, change }) => [score.id, change])).toEqual([['i001', -0.75], ['i002', expect.any(Number)]]); // prettier-ignore
    const { total, images } = await call(api.evaluations.images, { params: name, query: { offset: 6 } });
    expect([total, images.length]).toEqual([COUNT - 1, 1]);
  });

  it('say of an image what is wrong where, and what is known of the cause', async () => {
    put(project.root, 'maps/good/i001_1.png', encodeGrey({ ...SIZE, data: new Uint8Array(SIZE.width * SIZE.height) }));
    const found = await call(api.evaluations.image, { params: { ...params, name: 'bad', id: 'i001' } });
    expect(found.score.id).toBe('i001');
    expect(found.classes.map(({ name, iou }) => [name, iou])).toEqual([['background', 0.5], ['bicycle', 0]]); // prettier-ignore
    const half = { left: 0, top: 0, width: SIZE.width / 2, height: SIZE.height };
    expect(found.regions).toMatchObject([{ kind: 'missed-object', label: 2, box: half }]);
    expect(found.causes).toEqual([{ cause: 'map-part', label: 2, found: 0, evidence: 0, expected: 0.5 }]);
    await expect(call(api.evaluations.image, { params: { ...params, name: 'bad', id: 'i007' } })).rejects.toMatchObject({ code: 'file-missing' }); // prettier-ignore
  });

  it('draw truth, prediction and what became of each pixel', async () => {
    const at = { params: { ...params, name: 'bad', id: 'i001' } };
    const bytes = async (route: Route) => {
      const response = await engine.get(urlOf(route, at));
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
      put(project.root, 'out.png', new Uint8Array(await response.arrayBuffer()));
      return (await readLabelMap(`${project.root}/out.png`)).data;
    };
    expect(new Set(await bytes(api.evaluations.truth))).toEqual(new Set([0, 2]));
    expect(new Set(await bytes(api.evaluations.prediction))).toEqual(new Set([0]));
    expect((await engine.get(urlOf(api.evaluations.outcome, at))).status).toBe(200);
    rmSync(`${project.root}/masks/fused/i001.png`);
    expect((await engine.get(urlOf(api.evaluations.prediction, at))).status).toBe(404);
  });

  it('are compared image by image, and only with those of the same classes', async () => {
    const name = { ...params, name: 'bad' };
    const found = await call(api.evaluations.compare, { params: name, query: { baseline: 'good', limit: 1 } });
    expect(found).toMatchObject({ total: COUNT - 1, worse: 2, better: 0, same: COUNT - 3 });
    expect(found.images).toMatchObject([{ id: 'i001', before: 1, change: -0.75 }]);
    expect(found.figures.mIoU.change).toBeLessThan(0);
    const open = openProject(project.root);
    await evaluateSet(open, { kind: 'saliency', set: 'good', name: 'salient' }, () => undefined, new AbortController().signal); // prettier-ignore
    open.close();
    await expect(call(api.evaluations.compare, { params: name, query: { baseline: 'salient' } })).rejects.toMatchObject({ code: 'usage' }); // prettier-ignore
  });
});
