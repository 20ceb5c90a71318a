import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runFiles } from '../../../../../../electron/engine/jobs/run/files.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { segmentProject } from '../../../../../support/segment-project.js';
import { fakeQueue, jobRequest, settle, type FakeQueue } from '../../../../../support/queue.js';

const train = (more: object = {}) =>
  jobRequest({ kind: 'segment-train', run: 's', masks: 'exact', settings: { segmenter: 'tiny-largefov' }, ...more });

let q: FakeQueue;
beforeEach(() => {
  q = fakeQueue(segmentProject(temporaryFolder()));
});

describe('the queue’s segmenters', () => {
  it('train with settings, set and split made out, and measured where there is ground truth', () => {
    q.queue.add(train({ split: 'train' }));
    expect(q.running[0].plan).toMatchObject({
      inputs: { run: 's', mode: 'new', split: 'train', validate: 'val', masks: { kind: 'masks', name: 'exact' } },
      settings: { cropSize: 65, 'head.channels': 64 },
    });
    q.queue.add(train({ run: 't', of: 'predictions', validate: null }));
    expect(q.queue.list()[1]).toMatchObject({ state: 'queued' });
  });

  it('go on from their checkpoint after a pause', async () => {
    const job = q.queue.add(train());
    const { latest } = runFiles(q.project.paths.run('s'));
    mkdirSync(dirname(latest), { recursive: true });
    writeFileSync(latest, '');
    q.queue.act(job.id, 'pause');
    await settle();
    q.queue.act(job.id, 'resume');
    await settle();
    expect(q.running[0].plan.inputs).toMatchObject({ mode: 'resume' });
  });

  it('wait for the masks they learn from, and what is made with them for them', async () => {
    q.queue.add(jobRequest({ kind: 'masks', masks: 'exact', saliency: 's' }));
    q.queue.add(train());
    q.queue.add(jobRequest({ kind: 'segment-predict', run: 's', predictions: 'p' }));
    q.queue.add(jobRequest({ kind: 'evaluate', of: 'predictions', set: 'p' }));
    expect(q.queue.list().map(({ state }) => state)).toEqual(['running', 'queued', 'queued', 'queued']);
    for (const kind of ['masks', 'segment-train', 'segment-predict', 'evaluate']) {
      expect(q.running.map((task) => task.kind)).toEqual([kind]);
      await q.running[0].finish();
      await settle();
    }
  });

  it.each([
    [{ masks: undefined }, 'usage'],
    [{ settings: { iterations: 0 } }, 'settings-invalid'],
    [{ run: '../x' }, 'usage'],
  ])('refuse %j', (more, code) => {
    expect(() => q.queue.add(train(more))).toThrow(expect.objectContaining({ code }));
  });

  it('refuse to predict into the masks made by hand', () => {
    const asked = jobRequest({ kind: 'segment-predict', run: 's', predictions: 'corrected', as: 'masks' });
    expect(() => q.queue.add(asked)).toThrow('masks made by hand');
  });
});
