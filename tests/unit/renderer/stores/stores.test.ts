import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { engine } from '../../../../renderer/api/engine.js';
import { useImporting } from '../../../../renderer/stores/importing.js';
import { useJobs } from '../../../../renderer/stores/jobs.js';
import { useLayers } from '../../../../renderer/stores/layers.js';
import { useSelection } from '../../../../renderer/stores/selection.js';
import type { Job } from '../../../../shared/api/index.js';
import { StudioError } from '../../../../shared/errors.js';

beforeEach(() => setActivePinia(createPinia()));

describe('the selection', () => {
  it('takes ranges, single places, and all but some of a million', () => {
    const selection = useSelection();
    selection.reset(1_000_000);
    selection.only(4);
    selection.extendTo(2);
    expect([selection.count, selection.has(3), selection.has(5)]).toEqual([3, true, false]);
    selection.toggle(9);
    expect(selection.count).toBe(4);
    selection.selectAll();
    selection.toggle(500_000);
    expect([selection.count, selection.has(500_000), selection.has(999_999)]).toEqual([999_999, false, true]);
    selection.reset(10);
    expect([selection.count, selection.cursor]).toEqual([0, 0]);
  });

  it('extends from where the range began, not from where it ended', () => {
    const selection = useSelection();
    selection.reset(20);
    selection.moveTo(10);
    selection.extendTo(15);
    selection.extendTo(8);
    expect([selection.count, selection.has(15), selection.has(8)]).toEqual([3, false, true]);
  });
});

describe('the selection of a list that grows shorter', () => {
  it('is empty, with the keyboard about where it was', () => {
    const selection = useSelection();
    selection.reset(10);
    selection.only(8);
    selection.resize(10);
    expect([selection.count, selection.cursor]).toEqual([1, 8]);
    selection.resize(9);
    expect([selection.count, selection.cursor]).toEqual([0, 8]);
    selection.resize(5);
    expect([selection.total, selection.cursor]).toEqual([5, 4]);
    selection.resize(0);
    expect(selection.cursor).toBe(0);
  });
});

describe('the layers', () => {
  it('cycle through each alone and none, and fade only what is shown', () => {
    const layers = useLayers();
    const shown = (): string[] => ['a', 'b'].filter((key) => layers.stateOf(key).shown);
    layers.stateOf('a', true);
    layers.stateOf('b');
    layers.cycle(['a', 'b']);
    expect(shown()).toEqual(['b']);
    layers.fade(-2);
    expect([layers.stateOf('a').opacity, layers.stateOf('b').opacity]).toEqual([0.6, 0.4]);
    layers.cycle(['a', 'b']);
    expect(shown()).toEqual([]);
    layers.cycle(['a', 'b']);
    expect(shown()).toEqual(['a']);
  });
});

describe('the jobs', () => {
  it('are what the engine last said, with what has changed through them', () => {
    const jobs = useJobs();
    const job = (id: number, state: Job['state']) => ({ id, state }) as Job;
    jobs.take({ type: 'job', job: job(1, 'running') });
    jobs.take({ type: 'job', job: job(2, 'queued') });
    expect([jobs.working?.id, jobs.waiting]).toEqual([1, 1]);
    jobs.take({ type: 'job', job: job(1, 'done') });
    jobs.take({ type: 'changed', topics: ['images', 'sets'] });
    jobs.take({ type: 'job-removed', id: 2 });
    expect([jobs.working, jobs.waiting, jobs.changes.images, jobs.changes.runs]).toEqual([undefined, 0, 1, 0]);
  });
});

describe('the import wizard', () => {
  it('stays where it is with the error of the engine, and goes on when it is mended', async () => {
    const call = vi.spyOn(engine, 'call');
    const importing = useImporting();
    importing.source.dataset = ' /data/voc/ ';
    call.mockRejectedValueOnce(new StudioError({ code: 'file-missing', message: 'no folder' }));
    await importing.check();
    expect([importing.step, importing.busy, (importing.error as StudioError).code]).toEqual(['source', false, 'file-missing']); // prettier-ignore
    call.mockResolvedValueOnce({ format: 'voc', images: 3, classes: [{ name: 'cat', images: 3 }] } as never);
    await importing.check();
    expect([importing.step, importing.error]).toEqual(['check', null]);
    expect(importing.target).toMatchObject({ name: 'voc', folder: '/data/voc-comask' });
    expect(call.mock.lastCall?.[1]).toEqual({ body: { dataset: '/data/voc/', format: 'auto', labels: undefined, classes: undefined, difficult: true } }); // prettier-ignore
  });
});
