import { describe, expect, it } from 'vitest';
import { bytesText, checkText } from '../../../../../renderer/composables/runs/check-text.js';
import { bestOf, differingSettings, evaluationsOf, type MadeSet, type Run } from '../../../../../renderer/composables/runs/comparison.js'; // prettier-ignore
import { groupedJobs, isOutOfMemory, jobOfRun, placeBefore, runState, withLessMemory } from '../../../../../renderer/composables/runs/jobs.js'; // prettier-ignore
import { resultFailures, resultFigures } from '../../../../../renderer/composables/runs/job-result.js';
import { lineageOf, refOf } from '../../../../../renderer/composables/runs/lineage.js';
import { drawingSize, edgePath, placeOf } from '../../../../../renderer/components/runs/lineage/drawing.js';
import { textsOf } from '../../../../../renderer/locales/index.js';
import { checkLevels, checkNames, jobRequestSchema, type Job } from '../../../../../shared/api/index.js';

const job = (id: number, state: Job['state'], request: object = { kind: 'train', run: 'r' }) => ({ id, state, kind: 'train', request: jobRequestSchema.parse(request), progress: null }) as Job; // prettier-ignore

describe('jobs of a list', () => {
  it('work, wait or have ended', () => {
    const jobs = [job(1, 'running'), job(2, 'queued'), job(3, 'paused'), job(4, 'done'), job(5, 'cancelling')];
    const { working, waiting, ended } = groupedJobs(jobs);
    expect([working, waiting, ended].map((group) => group.map(({ id }) => id))).toEqual([[1, 5], [2, 3], [4]]);
  });

  it('are put a place up or down by who stands behind them', () => {
    const waiting = [{ id: 7 }, { id: 5 }, { id: 9 }];
    expect(placeBefore(waiting, 5, -1)).toBe(7);
    expect(placeBefore(waiting, 5, 1)).toBeNull();
    expect(placeBefore(waiting, 7, 1)).toBe(9);
    expect([placeBefore(waiting, 7, -1), placeBefore(waiting, 9, 1), placeBefore(waiting, 1, 1)]).toEqual([undefined, undefined, undefined]); // prettier-ignore
  });

  it('say how a run stands', () => {
    const jobs = [job(1, 'failed'), job(3, 'done', { kind: 'train', run: 'other' }), job(2, 'running')];
    expect(jobOfRun(jobs, 'r')?.id).toBe(2);
    expect(runState({ origin: 'trained', metrics: null }, jobOfRun(jobs, 'r'))).toBe('running');
    expect(runState({ origin: 'trained', metrics: {} }, undefined)).toBe('done');
    expect(runState({ origin: 'trained', metrics: null }, undefined)).toBe('stopped');
    expect(runState({ origin: 'imported', metrics: null }, undefined)).toBe('imported');
  });
});

describe('a training that ran out of memory', () => {
  it.each([
    ['OOM when allocating tensor with shape[5,512,32,32]', true],
    ['the worker stopped unexpectedly: Worker terminated due to reaching memory limit: JS heap out of memory', true],
    ['RESOURCE_EXHAUSTED: failed to allocate memory', true],
    ['there is no room in the mooming', false],
  ])('is known by its words: %s', (message, is) => expect(isOutOfMemory({ message })).toBe(is));

  it('is offered again with half as many pairs at once, under a new name where it has begun', () => {
    const failed = job(1, 'failed', { kind: 'train', run: 'r', settings: { batchSize: 5 } });
    const begun = { epochs: [1], loss: null } as unknown as Run;
    expect(withLessMemory(failed, undefined, { batchSize: 5, microBatch: 0 }, [])).toMatchObject({ run: 'r', mode: 'new', settings: { batchSize: 5, microBatch: 2 } }); // prettier-ignore
    expect(withLessMemory(failed, begun, { batchSize: 5, microBatch: 4 }, ['r'])).toMatchObject({ run: 'r-2', settings: { microBatch: 2 } }); // prettier-ignore
    expect(withLessMemory(failed, begun, { batchSize: 5, microBatch: 1 }, ['r'])).toBeNull();
  });
});

it('the result of a job has its figures and failures', () => {
  const failure = { file: 'a.jpg', code: 'file-damaged', reason: 'no', action: 'skipped' };
  expect(resultFailures({ failures: [failure], failureCount: 120 })).toEqual({ list: [failure], count: 120 });
  expect(resultFailures(null)).toEqual({ list: [], count: 0 });
  expect(resultFigures({ images: 5, mIoU: 0.51234, name: 'x', failureCount: 2 })).toEqual([{ key: 'images', value: '5' }, { key: 'mIoU', value: '0.512' }]); // prettier-ignore
});

const set = (kind: string, name: string, parents: string[] = [], settings = {}) =>
  ({ kind, name, settings, createdAt: null, parents: parents.map((text) => refOf(text)!) }) as MadeSet;
const sets = [
  set('masks', 'fused', ['maps/m', 'saliency/s']),
  set('evaluation', 'e', ['masks/fused']),
  set('evaluation', 'of-maps', ['maps/m']),
  set('evaluation', 'other', ['masks/else']),
  set('maps', 'm', ['run/r'], { mode: 'multi', 'references.strategy': 'similar', 'references.count': 3 }),
  set('saliency', 's'),
  set('run', 'r'),
];

describe('what a set was made from', () => {
  it('stands left of it, column by column', () => {
    const lineage = lineageOf({ kind: 'evaluation', name: 'e' }, sets);
    expect(lineage.nodes.map(({ key, depth, row }) => [key, depth, row])).toEqual([
      ['evaluation e', 0, 0],
      ['masks fused', 1, 0],
      ['maps m', 2, 0],
      ['run r', 3, 0],
      ['saliency s', 2, 1],
    ]);
    expect(lineage).toMatchObject({ columns: 4, rows: 2 });
    expect(lineage.edges).toContainEqual({ from: 'saliency s', to: 'masks fused' });
    expect(lineage.nodes[2].references).toEqual({ strategy: 'similar', count: 3 });
    expect(placeOf(lineage.nodes[0], lineage).x).toBeGreaterThan(placeOf(lineage.nodes[1], lineage).x);
    expect(drawingSize(lineage).width).toBe(placeOf(lineage.nodes[0], lineage).x + 216);
    expect(edgePath(lineage.nodes[3], lineage.nodes[2], lineage)).toMatch(/^M216 48C/);
  });

  it('is named where it is gone, and a loop of a damaged index ends', () => {
    const gone = lineageOf({ kind: 'masks', name: 'x' }, [set('masks', 'x', ['maps/gone'])]);
    expect(gone.nodes.map(({ name, set: there }) => [name, there === null])).toEqual([['x', false], ['gone', true]]); // prettier-ignore
    const loop = lineageOf({ kind: 'maps', name: 'a' }, [set('maps', 'a', ['maps/b']), set('maps', 'b', ['maps/a'])]);
    expect(loop.nodes).toHaveLength(2);
    expect(lineageOf({ kind: 'maps', name: 'none' }, sets).nodes[0].set).toBeNull();
  });
});

describe('runs side by side', () => {
  const run = (over: object) => ({ preset: 'studio', weights: null, split: 'train', images: 4, settings: { epochs: 2, 'pairs.self': [] }, ...over }); // prettier-ignore

  it('show the settings in which they differ', () => {
    const rows = differingSettings([run({}), run({ preset: 'paper', settings: { epochs: 3, 'pairs.self': [], extra: 1 } })]); // prettier-ignore
    expect(rows).toEqual([
      { key: 'preset', values: ['studio', 'paper'] },
      { key: 'epochs', values: [2, 3] },
      { key: 'extra', values: [undefined, 1] },
    ]);
    expect(differingSettings([run({}), run({})])).toEqual([]);
  });

  it('have a best where two differ', () => {
    expect(bestOf([3, 1, undefined], true)).toBe(1);
    expect(bestOf([3, 1], false)).toBe(0);
    expect([bestOf([2, 2], true), bestOf([undefined, 1], true), bestOf([], true)]).toEqual([-1, -1, -1]);
  });

  it('are measured by what came of them', () => {
    expect(evaluationsOf('r', sets).map(({ name }) => name)).toEqual(['e', 'of-maps']);
    expect(evaluationsOf('x', sets)).toEqual([]);
  });
});

describe('a check before a job', () => {
  it.each(checkNames)('%s has a text for whatever it finds', (name) => {
    const texts = textsOf('en') as unknown as { runs: { check: Record<string, Record<string, string>> } };
    const found = checkLevels.flatMap((level) => [
      { name, level, count: 0, total: 4 },
      { name, level, count: 2, total: 4, free: 1, needs: 1 },
    ]);
    for (const check of found) {
      for (const overwrite of [true, false]) {
        const [, , , variant] = checkText(check, 'en', overwrite).key.split('.');
        expect(texts.runs.check[name]).toHaveProperty(variant);
      }
    }
  });

  it('writes bytes and numbers as the language does', () => {
    expect([0, 900, 3 * 2 ** 20, 1.5 * 2 ** 30].map((bytes) => bytesText(bytes, 'en'))).toEqual(['0 byte', '900 byte', '3 MB', '1.5 GB']); // prettier-ignore
    expect(checkText({ name: 'maps', level: 'warning', count: 1200, total: 3000 }, 'en', false)).toEqual({
      key: 'runs.check.maps.missing',
      values: { count: '1,200', total: '3,000', needs: '', free: '' },
      plural: 1200,
    });
    expect(checkText({ name: 'run', level: 'fine', queued: true }, 'en', false).key).toBe('runs.check.run.queued');
    expect(checkText({ name: 'made', level: 'warning', count: 1 }, 'en', true).key).toBe('runs.check.made.replaced');
  });
});
