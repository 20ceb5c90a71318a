import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { StudioError } from '../../../../../../shared/errors.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';
import { fakeQueue, jobRequest, settle, type FakeQueue } from '../../../../../support/queue.js';

const train = (run = 'r', more: object = {}) =>
  jobRequest({ kind: 'train', run, settings: { backbone: 'tiny' }, ...more });
const localize = (run = 'r', maps = 'm') => jobRequest({ kind: 'localize', run, maps });
const evaluate = (set = 'm') => jobRequest({ kind: 'evaluate', of: 'maps', set });

let folder: string;
let q: FakeQueue;
beforeEach(() => {
  folder = smallProject(temporaryFolder(), 2);
  q = fakeQueue(folder);
});

/** Another engine on the same project, after this one was killed: its tasks end unheard. */
function afterKill(): FakeQueue {
  q.project.close();
  return fakeQueue(folder);
}

const states = ({ queue }: FakeQueue): string[] => queue.list().map(({ id, state }) => `${id} ${state}`);

describe('the queue', () => {
  it('runs what is asked for with the settings it comes to, and keeps the result', async () => {
    const job = q.queue.add(train('r', { split: 'train', settings: { backbone: 'tiny', epochs: 2 } }));
    expect(job).toMatchObject({ state: 'running', starts: 1, actions: ['pause', 'stop', 'cancel'] });
    const [task] = q.running;
    expect(task).toMatchObject({
      kind: 'train',
      plan: {
        inputs: { project: folder, run: 'r', mode: 'new', split: 'train' },
        settings: { epochs: 2, inputSize: 64 },
      },
    });
    task.progress({ rate: 2, secondsLeft: 5 });
    expect(q.queue.get(job.id).progress).toMatchObject({ done: 1, secondsLeft: 5 });
    const failures = Array.from({ length: 300 }, () => ({ file: 'f' }));
    await task.finish({ epochs: 2, failures });
    const ended = q.queue.get(job.id);
    expect(ended).toMatchObject({ state: 'done', result: { epochs: 2, failureCount: 300 }, error: null });
    expect((ended.result as { failures: [] }).failures).toHaveLength(100);
    expect(ended.progress).toEqual({ stage: 'working', done: 1, total: 4, unit: 'images' });
    expect(ended.endedAt).not.toBeNull();
    expect(q.queue.lines(job.id).map(({ text }) => text)).toEqual(['started', 'working', 'done']);
    expect(q.told.at(-1)).toMatchObject({ id: job.id, state: 'done' });
  });

  it('runs one job at a time on the device, and others beside it', async () => {
    q.queue.add(train('a'));
    q.queue.add(train('b'));
    q.queue.add(jobRequest({ kind: 'export', masks: 'x', format: 'png', to: '/nowhere' }));
    q.queue.add(jobRequest({ kind: 'import', dataset: '/nowhere' }));
    expect(states(q)).toEqual(['1 running', '2 queued', '3 running', '4 queued']);
    await q.running[0].finish();
    expect(states(q)).toEqual(['2 running', '3 running', '4 queued', '1 done']);
  });

  it('lets a job wait for what jobs before it make, also in another lane and while they are paused', async () => {
    for (const request of [train('r'), localize('r', 'm'), evaluate('m'), train('other')]) q.queue.add(request);
    q.queue.act(1, 'pause');
    await settle();
    expect(states(q)).toEqual(['1 paused', '2 queued', '3 queued', '4 running']);
    await q.running[0].finish();
    expect(q.running).toEqual([]);
    q.queue.act(1, 'cancel');
    // Its run will not come: the next says so itself.
    expect(states(q)).toEqual(['2 running', '3 queued', '1 cancelled', '4 done']);
  });

  it('pauses, resumes from the checkpoint, stops and goes on', async () => {
    q.queue.add(train());
    q.running[0].progress();
    expect(q.queue.act(1, 'pause').state).toBe('pausing');
    expect(() => q.queue.act(1, 'resume')).toThrow('a job that is pausing cannot resume');
    await settle();
    expect(q.queue.get(1)).toMatchObject({ state: 'paused', endedAt: null, actions: ['resume', 'stop', 'cancel'] });
    q.queue.act(1, 'resume');
    expect(q.running[0].plan.inputs).toMatchObject({ mode: 'resume' });
    q.queue.act(1, 'stop');
    await settle();
    expect(q.queue.get(1)).toMatchObject({ state: 'stopped', starts: 2 });
    q.queue.act(1, 'resume');
    await q.running[0].finish();
    expect(q.queue.get(1).state).toBe('done');
    expect(() => q.queue.act(1, 'cancel')).toThrow(expect.objectContaining({ code: 'job-state' }));
  });

  it('keeps the error of a job that fails, goes on with the next, and can try again', async () => {
    q.queue.add(train('a'));
    q.queue.add(train('b'));
    await q.running[0].fail(new StudioError({ code: 'disk-full', message: 'no room', remedy: 'Make some.' }));
    expect(q.queue.get(1)).toMatchObject({ state: 'failed', error: { code: 'disk-full', remedy: 'Make some.' } });
    expect(q.queue.lines(1).at(-2)!.text).toBe('no room Make some.');
    q.queue.act(1, 'resume');
    await q.running[0].finish();
    // It told of nothing: there may be a run of others by now.
    expect(q.running[0].plan.inputs).toMatchObject({ run: 'a', mode: 'new' });
    expect(q.queue.get(1)).toMatchObject({ state: 'running', error: null });
  });

  it('takes an interruption that nobody asked for as a failure', async () => {
    q.queue.add(train());
    await q.running[0].fail(new StudioError({ code: 'interrupted', message: 'out of the blue' }));
    expect(q.queue.get(1)).toMatchObject({ state: 'failed', error: { message: 'out of the blue' } });
  });

  it('changes the order of what waits', async () => {
    for (const run of ['a', 'b', 'c', 'd']) q.queue.add(train(run));
    q.queue.move(4, 2);
    expect(states(q)).toEqual(['1 running', '4 queued', '2 queued', '3 queued']);
    q.queue.move(2, null);
    expect(states(q)).toEqual(['1 running', '4 queued', '3 queued', '2 queued']);
    await q.running[0].finish();
    expect(states(q)[0]).toBe('4 running');
    expect(() => q.queue.move(1, 2)).toThrow('a job that is done cannot be moved');
    expect(() => q.queue.move(9, null)).toThrow('there is no job 9');
    expect(() => q.queue.remove(2)).toThrow('a job that is queued cannot be removed');
    q.queue.remove(1);
    expect(() => q.queue.get(1)).toThrow(expect.objectContaining({ code: 'job-missing' }));
  });

  it.each([
    [{ kind: 'train', run: 'r', settings: { epochs: 0 } }, 'settings-invalid'],
    [{ kind: 'train', run: 'r', settings: { epochz: 1 } }, 'settings-invalid'],
    [{ kind: 'train', run: '../r' }, 'usage'],
    [{ kind: 'train', run: 'r', weights: 'vgg16' }, 'weights-missing'],
    [{ kind: 'localize', run: 'r', maps: 'a/b' }, 'usage'],
    [{ kind: 'masks', masks: 'corrected', maps: 'm' }, 'usage'],
    [{ kind: 'saliency', saliency: 's', settings: { source: 'magic' } }, 'settings-invalid'],
    [{ kind: 'evaluate', of: 'masks', set: 'm', name: '..' }, 'usage'],
    [{ kind: 'export', masks: 'm', format: 'psd', to: '/x' }, 'usage'],
  ])('refuses %j at once', (request, code) => {
    process.env.COMASK_HOME = temporaryFolder();
    expect(() => q.queue.add(jobRequest(request))).toThrow(expect.objectContaining({ code }));
    expect(q.queue.list()).toEqual([]);
    delete process.env.COMASK_HOME;
  });

  it('refuses a training under a name that is taken', () => {
    const files = runFiles(q.project.paths.run('r'));
    mkdirSync(files.checkpoints, { recursive: true });
    writeFileSync(files.latest, '');
    expect(() => q.queue.add(train())).toThrow('there is a run called "r" already');
  });
});

describe('an engine that comes after one that was killed', () => {
  it('puts what ran back into the queue, and ends what was being left', async () => {
    for (const run of ['a', 'b']) q.queue.add(train(run));
    q.running[0].progress({ done: 3 });
    q = afterKill();
    expect(states(q)).toEqual(['1 running', '2 queued']);
    expect(q.running[0].plan.inputs).toMatchObject({ run: 'a', mode: 'resume' });
    expect(q.queue.get(1)).toMatchObject({ starts: 2, progress: { done: 3 } });
    q.project.store.jobs.update(1, { state: 'pausing' });
    q = afterKill();
    expect(states(q)).toEqual(['1 paused', '2 running']);
    q.project.store.jobs.update(2, { state: 'cancelling' });
    expect(states(afterKill())).toEqual(['1 paused', '2 cancelled']);
  });

  it('knows its own run though it was killed before it heard of the first step', () => {
    q.queue.add(train('a'));
    const files = runFiles(q.project.paths.run('a'));
    mkdirSync(files.checkpoints, { recursive: true });
    appendFileSync(files.log, '{}\n');
    q = afterKill();
    expect(q.running[0].plan.inputs).toMatchObject({ mode: 'resume' });
  });

  it('throws maps away only once where they are made anew', () => {
    q.queue.add(jobRequest({ kind: 'saliency', saliency: 's', overwrite: true }));
    expect(q.running[0].plan.inputs).toMatchObject({ request: { overwrite: true } });
    q = afterKill();
    expect(q.running[0].plan.inputs).toMatchObject({ request: { overwrite: true } });
    q.running[0].progress();
    q = afterKill();
    expect(q.running[0].plan.inputs).toMatchObject({ request: { overwrite: false } });
  });

  it('finds jobs paused where it was closed in order', async () => {
    q.queue.add(train('a'));
    q.queue.add(train('b'));
    await q.queue.close();
    q = afterKill();
    expect(states(q)).toEqual(['1 paused', '2 running']);
  });
});
