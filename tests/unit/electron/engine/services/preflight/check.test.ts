import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { checkJob } from '../../../../../../electron/engine/services/preflight/check.js';
import type { JobCheck } from '../../../../../../shared/api/index.js';
import { maskSettings, trainSettings } from '../../../../../../shared/settings/index.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';
import { jobRequest } from '../../../../../support/queue.js';

let folder: string;
let root: string;
let project: Project;
beforeEach(() => {
  folder = temporaryFolder();
  root = smallProject(folder, 6, (i) => (i < 4 ? 'train' : null));
  project = openProject(root);
  onTestFinished(() => project.close());
});

/** The answers by name; those of the machine, which tests cannot choose, only by their presence. */
async function checks(request: Record<string, unknown>): Promise<Record<string, Omit<JobCheck, 'name'>>> {
  const found = await checkJob(project, jobRequest(request));
  return Object.fromEntries(found.map(({ name, ...rest }) => [name, rest]));
}

const tiny = { backbone: 'tiny', epochs: 2 };

describe('before a training', () => {
  it('counts images, those without labels, and classes that no image shows', async () => {
    const found = await checks({ kind: 'train', run: 'r', split: 'train', settings: tiny });
    expect(found.images).toEqual({ level: 'fine', count: 4 });
    expect(found.unlabelled).toBeUndefined();
    expect(found.untaught).toBeUndefined();
    project.store.updateImage({ id: 'p000', split: 'train', classes: [], truth: null });
    project.store.updateImage({ id: 'p002', split: 'train', classes: [1], truth: null });
    project.store.updateImage({ id: 'p003', split: 'train', classes: [1], truth: null });
    const less = await checks({ kind: 'train', run: 'r', split: 'train', settings: tiny });
    expect(less.images).toEqual({ level: 'fine', count: 3 });
    expect(less.unlabelled).toEqual({ level: 'warning', count: 1, total: 4 });
    expect(less.untaught).toEqual({ level: 'warning', count: 1, total: 2 });
    expect((await checks({ kind: 'train', run: 'r', split: 'none', settings: tiny })).images.level).toBe('problem');
  });

  it('asks for weights where the backbone starts from some, and whether they can be read', async () => {
    const asked = { kind: 'train', run: 'r', settings: { backbone: 'mobilenet' } };
    expect((await checks(asked)).weights).toMatchObject({ level: 'problem', error: { code: 'weights-missing' } });
    const file = join(folder, 'weights.pth');
    expect((await checks({ ...asked, weights: file })).weights.error).toMatchObject({ code: 'file-missing', file });
    writeFileSync(file, '');
    expect((await checks({ ...asked, weights: file })).weights).toEqual({ level: 'fine' });
    expect((await checks({ kind: 'train', run: 'r', settings: tiny })).weights).toBeUndefined();
  });

  it('says what the weights of all epochs take on the disk, and what an earlier training took of the memory', async () => {
    const asked = { kind: 'train', run: 'r', settings: tiny };
    const [two, four] = await Promise.all([checks(asked), checks({ ...asked, settings: { ...tiny, epochs: 4 } })]);
    expect(four.disk.needs! / two.disk.needs!).toBeCloseTo(8 / 6);
    expect(two.memory).toBeUndefined();
    const record = { schema: 1, origin: 'trained', preset: 'studio', settings: trainSettings.resolve(tiny), weights: null, split: null, classes: ['disc', 'bar'], images: { count: 6, digest: '' } }; // prettier-ignore
    put(root, 'runs/before/settings.json', JSON.stringify(record));
    put(root, 'runs/before/metrics.json', JSON.stringify({ peakMegabytes: 300 }));
    expect((await checks(asked)).memory).toMatchObject({ needs: 300 * 2 ** 20 });
    expect((await checks({ ...asked, settings: { ...tiny, batchSize: 9 } })).memory).toBeUndefined();
  });

  it('tells of what the queue would refuse, and of nothing else', async () => {
    put(root, 'runs/r/log.jsonl', '{}\n');
    expect(await checks({ kind: 'train', run: 'r', settings: tiny })).toEqual({
      request: { level: 'problem', error: expect.objectContaining({ code: 'usage', remedy: expect.any(String) }) },
    });
    const wrong = await checks({ kind: 'train', run: 'x', settings: { epochs: 0 } });
    expect(wrong.request.error).toMatchObject({ code: 'settings-invalid' });
  });
});

it('before maps, tells of a run that is missing or comes from the queue', async () => {
  const asked = { kind: 'localize', run: 'r', maps: 'm' };
  expect((await checks(asked)).run).toMatchObject({ level: 'problem', error: { code: 'run-missing' } });
  project.store.jobs.add(jobRequest({ kind: 'train', run: 'r' }), { inputs: {}, settings: {} }, '2026-01-01');
  expect((await checks(asked)).run).toEqual({ level: 'fine', queued: true });
});

describe('before masks', () => {
  const asked = { kind: 'masks', masks: 'fused', maps: 'm', split: 'train' };

  it('counts maps that are missing', async () => {
    expect((await checks(asked)).maps.error).toMatchObject({ code: 'set-missing' });
    for (const id of ['p000', 'p002']) put(root, `maps/m/${id}_0.png`, '');
    put(root, 'maps/m/p001_1.png', '');
    // The third image shows both classes, the fourth the first: both lack a map.
    expect((await checks(asked)).maps).toEqual({ level: 'warning', count: 2, total: 4 });
  });

  it('tells of masks of that name: kept, or made otherwise', async () => {
    put(root, 'maps/m/p000_0.png', '');
    put(root, 'masks/fused/p000.png', '');
    const parents = [{ kind: 'maps' as const, name: 'm' }];
    project.store.recordArtifact({ kind: 'masks', name: 'fused', parents, settings: maskSettings.resolve({}) });
    expect((await checks(asked)).made).toEqual({ level: 'fine', count: 1, total: 4 });
    expect((await checks({ ...asked, overwrite: true })).made).toEqual({ level: 'warning', count: 1, total: 4 });
    const other = await checks({ ...asked, settings: { 'plain.background': 0.3 } });
    expect(other.made).toMatchObject({ level: 'problem', error: { code: 'usage' } });
  });
});

it('before an evaluation, counts images with ground truth', async () => {
  mkdirSync(join(root, 'masks/fused'), { recursive: true });
  const asked = { kind: 'evaluate', of: 'masks', set: 'fused' };
  expect((await checks(asked)).truth).toEqual({ level: 'problem', count: 0, total: 6 });
  const groundTruth = join(folder, 'truth');
  put(groundTruth, 'p001.png', '');
  expect((await checks({ ...asked, groundTruth })).truth).toEqual({ level: 'fine', count: 1, total: 6 });
});

it('before saliency maps and exports, looks at images and sets as well', async () => {
  expect((await checks({ kind: 'saliency', saliency: 's' })).images).toEqual({ level: 'fine', count: 6 });
  const found = await checks({ kind: 'export', masks: 'fused', format: 'png', to: join(folder, 'out') });
  expect(found.masks.error).toMatchObject({ code: 'set-missing' });
  expect((await checks({ kind: 'export', masks: 'm', format: 'x', to: folder })).request.level).toBe('problem');
});
