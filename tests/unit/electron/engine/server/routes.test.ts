import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
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

  it('show maps of pinned images after each epoch, and of nothing else', async () => {
    put(root, 'runs/r/settings.json', '{}');
    const run = { ...params, run: 'r' };
    expect(await call(api.runs.previews, { params: run })).toEqual({ images: [], epochs: [] });
    put(root, 'runs/r/previews/images.json', JSON.stringify({ images: [{ id: 'p000', classes: [0] }, { id: 'gone', classes: [1] }] })); // prettier-ignore
    put(root, 'runs/r/previews/002/p000_0.png', 'png');
    expect(await call(api.runs.previews, { params: run })).toEqual({
      images: [
        { id: 'p000', classes: [0], version: expect.any(String) },
        { id: 'gone', classes: [1], version: null },
      ],
      epochs: [2],
    });
    const preview = (epoch: number, id: string) => engine.get(urlOf(api.runs.preview, { params: { ...run, epoch, id, classIndex: 0 } })); // prettier-ignore
    const found = await preview(2, 'p000');
    expect([found.status, found.headers.get('content-type'), await found.text()]).toEqual([200, 'image/png', 'png']);
    expect((await preview(1, 'p000')).status).toBe(404);
    expect((await preview(2, '../../settings')).status).toBe(400);
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

  it('are checked before anything is started', async () => {
    const { checks } = await call(api.jobs.check, { params, body: { kind: 'masks', masks: 'f', maps: 'm' } });
    expect(checks).toContainEqual({ name: 'images', level: 'fine', count: 6 });
    expect(checks.find(({ name }) => name === 'maps')).toMatchObject({
      level: 'problem',
      error: { code: 'set-missing' },
    });
    expect(await call(api.jobs.list, { params })).toEqual({ jobs: [] });
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
