import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { checkJob } from '../../../../../../electron/engine/services/preflight/check.js';
import type { JobCheck } from '../../../../../../shared/api/index.js';
import { maskSettings, predictSettings, segmentSettings } from '../../../../../../shared/settings/index.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';
import { jobRequest } from '../../../../../support/queue.js';

let root: string;
let project: Project;
beforeEach(() => {
  root = smallProject(temporaryFolder(), 6, (i) => (i < 4 ? 'train' : 'val'));
  project = openProject(root);
  onTestFinished(() => project.close());
});

type Found = Record<string, Omit<JobCheck, 'name'>>;
async function checks(request: Record<string, unknown>): Promise<Found> {
  const found = await checkJob(project, jobRequest(request));
  return Object.fromEntries(found.map(({ name, ...rest }) => [name, rest]));
}
const queue = (request: Record<string, unknown>): number =>
  project.store.jobs.add(jobRequest(request), { inputs: {}, settings: {} }, '2026-01-01');

const settings = { segmenter: 'tiny-largefov' };
const training = { kind: 'segment-train', run: 'deeplab', masks: 'fused', split: 'train', settings };
const masks = (set: string, ...ids: string[]): void => ids.forEach((id) => put(root, `masks/${set}/${id}.png`, ''));
const segmenter = (run: string, metrics?: object): void => {
  const record = { schema: 1, task: 'segment', origin: 'trained', preset: 'studio', settings: segmentSettings.resolve(settings), weights: null, split: null, classes: ['disc', 'bar'], masks: null, agreement: null, images: { count: 4, corrected: 0, digest: '' }, validation: null }; // prettier-ignore
  put(root, `runs/${run}/settings.json`, JSON.stringify(record));
  if (metrics) put(root, `runs/${run}/metrics.json`, JSON.stringify(metrics));
};

describe('before the training of a segmenter', () => {
  it('counts the images that have a mask to learn from, made by hand or not', async () => {
    expect((await checks(training)).masks.error).toMatchObject({ code: 'set-missing' });
    masks('fused', 'p000', 'p001');
    masks('corrected', 'p002');
    expect((await checks(training)).masks).toEqual({ level: 'warning', count: 1, total: 4 });
    masks('fused', 'p003');
    expect((await checks(training)).masks).toEqual({ level: 'fine', count: 0, total: 4 });
    const reviewed = await checks({ ...training, settings: { ...settings, 'masks.only': 'reviewed' } });
    expect(reviewed.masks.error).toMatchObject({ code: 'dataset-empty' });
  });

  it('asks for weights, which the tiny net alone does without', async () => {
    masks('fused', 'p000');
    expect((await checks(training)).weights).toBeUndefined();
    const asked = { ...training, settings: { segmenter: 'vgg16-largefov' } };
    expect((await checks(asked)).weights).toMatchObject({ level: 'problem', error: { code: 'weights-missing' } });
  });

  it('warns where there is nothing to measure the weights on', async () => {
    masks('fused', 'p000');
    expect((await checks(training)).truth).toBeUndefined();
    expect((await checks({ ...training, validate: 'val' })).truth).toEqual({ level: 'warning', count: 0, total: 2 });
  });

  it('says what an earlier training of these sizes took of the memory, and of no classifier or other crop', async () => {
    masks('fused', 'p000');
    segmenter('before', { peakMegabytes: 300 });
    expect((await checks(training)).memory).toMatchObject({ needs: 300 * 2 ** 20, free: expect.any(Number) });
    expect((await checks({ ...training, settings: { ...settings, cropSize: 97 } })).memory).toBeUndefined();
    expect((await checks({ kind: 'train', run: 'c', settings: { backbone: 'tiny' } })).memory).toBeUndefined();
  });

  it('looks at the masks to agree with beside those to learn from, and waits for what the queue makes', async () => {
    masks('fused', 'p000', 'p001', 'p002', 'p003');
    const asked = { ...training, agreement: 'other' };
    expect((await checks(asked)).agreement).toMatchObject({ level: 'problem', error: { code: 'set-missing' } });
    masks('other', 'p000');
    expect((await checks(asked)).agreement).toEqual({ level: 'warning', count: 3, total: 4 });
    queue({ kind: 'segment-predict', run: 'r', predictions: 'round-2', as: 'masks' });
    const waiting = await checks({ ...asked, masks: 'round-2', agreement: 'round-2' });
    expect(waiting.masks).toEqual({ level: 'fine', queued: true });
    expect(waiting.agreement).toEqual({ level: 'fine', queued: true });
  });
});

describe('before a segmenter predicts', () => {
  const asked = { kind: 'segment-predict', run: 'deeplab', predictions: 'p', split: 'val' };
  const made = (kind: 'masks' | 'predictions', run: string, own: object = {}) =>
    project.store.recordArtifact({ kind, name: 'p', parents: [{ kind: 'run', name: run }], settings: { ...predictSettings.resolve({}), run, ...own } }); // prettier-ignore

  it('tells of a run that is missing, that of a classifier, or one that comes from the queue', async () => {
    expect((await checks(asked)).run.error).toMatchObject({ code: 'run-missing' });
    put(root, 'runs/c/settings.json', JSON.stringify({ schema: 1 }));
    expect((await checks({ ...asked, run: 'c' })).run.error).toMatchObject({ code: 'run-missing' });
    queue({ kind: 'segment-train', run: 'deeplab', masks: 'fused' });
    expect((await checks(asked)).run).toEqual({ level: 'fine', queued: true });
  });

  it('keeps what it has made of that name, and refuses what others have', async () => {
    segmenter('deeplab');
    expect((await checks(asked)).made).toBeUndefined();
    put(root, 'predictions/p/p004.png', '');
    made('predictions', 'deeplab');
    expect((await checks(asked)).made).toEqual({ level: 'fine', count: 1, total: 2 });
    const other = await checks({ ...asked, settings: { mirror: false } });
    expect(other.made.error).toMatchObject({ code: 'settings-invalid', message: expect.stringContaining('mirror') });
    expect((await checks({ ...asked, overwrite: true, settings: { mirror: false } })).made).toMatchObject({ level: 'warning' }); // prettier-ignore
    put(root, 'masks/p/p004.png', '');
    project.store.recordArtifact({ kind: 'masks', name: 'p', parents: [{ kind: 'maps', name: 'm' }], settings: maskSettings.resolve({}) }); // prettier-ignore
    const fused = await checks({ ...asked, as: 'masks' });
    expect(fused.made.error).toMatchObject({ message: expect.stringContaining('not made by the segmenter "deeplab"') });
    expect((await checks({ ...asked, as: 'masks', predictions: 'corrected' })).request.level).toBe('problem');
  });
});

describe('a name that a job in the queue makes', () => {
  const predict = { kind: 'segment-predict', run: 'deeplab', predictions: 'x', as: 'masks', split: 'train' };
  const clash = { level: 'problem', error: expect.objectContaining({ code: 'usage', remedy: expect.any(String) }) };

  it('is refused where it is made otherwise', async () => {
    queue(predict);
    expect((await checks({ kind: 'masks', masks: 'x', maps: 'm' })).made).toEqual(clash);
    expect((await checks({ ...predict, run: 'other' })).made).toEqual(clash);
    expect((await checks({ ...predict, as: 'predictions' })).made).toBeUndefined();
  });
  it('is fine for another part of the same set, but for no second training', async () => {
    queue(predict);
    expect((await checks({ ...predict, split: 'val' })).made).toBeUndefined();
    queue({ kind: 'train', run: 'deeplab' });
    expect((await checks(training)).made).toEqual(clash);
  });
  it('is free again once the job has ended', async () => {
    const id = queue(predict);
    project.store.jobs.update(id, { state: 'cancelled' });
    expect((await checks({ kind: 'masks', masks: 'x', maps: 'm' })).made).toBeUndefined();
  });
});
