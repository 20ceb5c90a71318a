import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../shared/types.js';
import { cliBuilt, startComask, type Ended } from '../support/cli.js';
import { jpeg, put } from '../support/dataset.js';
import { folderUntilEnd } from '../support/folder.js';
import { hostileLabels, hostileWeights } from '../support/hostile/files.js';
import { everythingBelow, hostileDevkit, strangeNames } from '../support/hostile/folders.js';

/*
 * The attack: a dataset, label files and weights from a stranger, who wants to run something, to have files read or
 * written that are none of the dataset's, to fill memory or the disk, or to keep the program busy. It must come to its
 * end, say of each file what is wrong, and import the photos that are sound.
 */

/** Milliseconds and bytes of memory that any of the commands may take: many times what they need. */
const [MOST_TIME, MOST_MEMORY] = [90_000, 2 ** 30];

/** Most memory that a process has had so far, in bytes; 0 where the system does not tell. */
function peakMemory(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Runs `comask` and sees that it ends by itself, in bounds, and never with a trace of its insides. */
async function bounded(...args: string[]): Promise<Ended> {
  const [started, running] = [performance.now(), startComask(...args)];
  let [over, peak] = [false, 0];
  void running.ended.then(() => (over = true));
  while (!over) {
    peak = Math.max(peak, peakMemory(running.pid));
    if (performance.now() - started > MOST_TIME) running.kill('SIGKILL');
    await sleep(20);
  }
  const ended = await running.ended;
  expect(ended).toMatchObject({ signal: null, stderr: expect.not.stringMatching(/\n\s+at |panicked/) as string });
  expect(peak).toBeLessThan(MOST_MEMORY);
  return ended;
}

describe.skipIf(!cliBuilt || process.platform === 'win32')('what strangers send (needs the bundle, and links and pipes)', () => {
  const base = folderUntilEnd();
  const [outside, canary] = [join(base, 'outside'), join(base, 'canary')];
  const project = (name: string): string => join(base, 'projects', name);
  const made = async (name: string, ...args: string[]): Promise<{ images: number; failures: Failure[] }> => {
    const { exitCode, stdout } = await bounded('new', project(name), '--json', ...args);
    expect(exitCode, stdout).toBe(0);
    const { added, failures } = JSON.parse(stdout) as { added: number; failures: Failure[] };
    for (const { file, reason, action } of failures) expect([file, reason, action].every(Boolean)).toBe(true);
    return { images: added, failures };
  };
  /** Everything but the projects: nothing of it may change. */
  const surroundings = (): string[] => everythingBelow(base).filter((line) => !line.startsWith(join(base, 'projects')));
  let before: string[];

  beforeAll(async () => {
    put(outside, 'secret.txt', 'secret');
    put(outside, 'photo.jpg', await jpeg());
  });
  const spoilt = async (spoil: () => Promise<unknown>): Promise<void> => {
    await spoil();
    before = surroundings();
  };
  const untouched = (): void => {
    expect(surroundings()).toEqual(before);
    expect(existsSync(canary)).toBe(false);
  };

  it('a devkit of broken photos, forged sizes, links, pipes and a list that climbs out', async () => {
    const root = join(base, 'devkit');
    let devkit!: Awaited<ReturnType<typeof hostileDevkit>>;
    await spoilt(async () => (devkit = await hostileDevkit(root, outside)));
    const { images, failures } = await made('devkit', '--dataset', root);
    untouched();
    const failed = new Map(failures.filter(({ action }) => action === 'skipped').map((failure) => [failure.id, failure]));
    for (const id of devkit.broken) expect(failed.get(id), id).toBeDefined();
    for (const id of devkit.sound) expect(failed.get(id), id).toBeUndefined();
    expect(images).toBeGreaterThanOrEqual(devkit.sound.length);
    expect(images).toBeLessThanOrEqual(devkit.sound.length + devkit.doubtful.length - 2);
    expect(failures).toContainEqual(expect.objectContaining({ id: 'good-jpg', action: 'imported without ground truth' }));
    expect(failures).toContainEqual(expect.objectContaining({ id: 'with-truth', reason: expect.stringMatching(/999999 times more/) as string }));
    expect(failures.some(({ code }) => code === 'internal')).toBe(false);
  });

  it('photos under names that are no ids', async () => {
    const root = join(base, 'names');
    let count = 0;
    await spoilt(async () => (count = await strangeNames(root)));
    const { images, failures } = await made('names', '--dataset', root, '--format', 'plain', '--classes', 'voc');
    untouched();
    const skipped = failures.filter(({ action }) => action === 'skipped');
    expect({ images, skipped: skipped.length }).toEqual({ images: 2, skipped: count - 2 });
    // On a terminal a name is shown, not obeyed.
    expect((await bounded('info', project('names'))).stdout).not.toMatch(/\u001b|line\nbreak/);
  });

  it('a table of paths that lead elsewhere', async () => {
    const root = join(base, 'table');
    const paths = ['good.jpg', '../outside/photo.jpg', join(outside, 'photo.jpg'), '..\\outside\\photo.jpg', 'C:\\photo.jpg', 'a/../../outside/photo.jpg', 'nul.jpg']; // prettier-ignore
    await spoilt(async () => {
      put(root, 'good.jpg', await jpeg());
      put(root, 'nul.jpg', await jpeg());
      put(root, 'labels.csv', `path,labels,truth\n${paths.map((path) => `${path},cat,../outside/photo.jpg\n`).join('')}`);
    });
    const { images, failures } = await made('table', '--dataset', root);
    untouched();
    expect(images).toBe(1);
    expect(failures.map(({ code }) => code).sort()).toEqual(['id-unsafe', ...new Array<string>(6).fill('path-outside')]);
  });

  it("COCO's annotations 500 levels deep, with numbers that are none", async () => {
    const root = join(base, 'coco');
    const [deep, nothing] = [`${'['.repeat(500)}1${']'.repeat(500)}`, '[NaN, Infinity, 1e999, -1]'];
    const images = [{ id: 1, file_name: 'good.jpg', width: 24, height: 16 }, { id: 2, file_name: '../outside/photo.jpg' }];
    const annotations = [deep, nothing].map((shape, i) => `{"id": ${i}, "image_id": 1, "category_id": 1, "bbox": ${nothing}, "segmentation": ${shape}}`);
    await spoilt(async () => {
      put(root, 'images/good.jpg', await jpeg());
      put(root, 'annotations/instances_train.json', `{"images": ${JSON.stringify(images)}, "annotations": [${annotations.join()}], "categories": [{"id": 1, "name": "cat"}], "more": ${deep}}`);
    });
    const { images: count, failures } = await made('coco', '--dataset', root);
    untouched();
    expect(count).toBe(1);
    expect(failures).toContainEqual(expect.objectContaining({ id: 'images/good', code: 'file-damaged' }));
    expect(failures).toContainEqual(expect.objectContaining({ code: 'id-unsafe' }));
  });

  it.each(hostileLabels(canary))('labels: %s', async (name, bytes) => {
    const [root, file] = [join(base, 'labelled'), join(base, 'labels', name)];
    await spoilt(async () => {
      put(root, 'good.jpg', await jpeg());
      writeFileSync(put(base, join('labels', name), ''), bytes);
    });
    const ended = await bounded('new', project(name), '--dataset', root, '--format', 'plain', '--classes', 'voc', '--labels', file);
    untouched();
    expect(ended.stdout + ended.stderr).toContain(basename(name));
    if (name === 'deep.json') expect(ended.stdout).toContain('"good"');
    else expect(ended.exitCode).not.toBe(0);
  });

  it.each(hostileWeights(canary))('weights: %s', async (name, bytes) => {
    const file = join(base, 'weights', name);
    await spoilt(async () => void put(base, join('weights', name), bytes));
    const ended = await bounded('weights', 'convert', file, join(base, 'projects', 'out.safetensors'), '--for', 'mobilenet');
    untouched();
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain(name);
    expect(existsSync(join(base, 'projects', 'out.safetensors'))).toBe(false);
  });

  it.each<[string, (index: string) => void]>([
    ['no database', (index) => writeFileSync(index, Buffer.alloc(8192, 'garbage '))],
    ['cut short', (index) => truncateSync(index, 20_000)],
    ['empty of pages', (index) => writeFileSync(index, Buffer.concat([readFileSync(index).subarray(0, 4096), Buffer.alloc(40_960, 0xff)]))],
  ])('an index of a project that is %s', async (_what, spoil) => {
    const root = join(base, 'indexed');
    put(root, 'cat/good.jpg', await jpeg());
    await made(`index ${_what}`, '--dataset', root);
    const index = join(project(`index ${_what}`), 'index.sqlite');
    spoil(index);
    const ended = await bounded('info', project(`index ${_what}`));
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain(index);
    expect(ended.stderr).toMatch(/index of the project is damaged/);
  });
}); // prettier-ignore
