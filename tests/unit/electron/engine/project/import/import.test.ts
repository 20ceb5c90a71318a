import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  newProject,
  type NewProjectRequest,
  type NewProjectResult,
} from '../../../../../../electron/engine/project/import/new-project.js';
import { isProject, openProject } from '../../../../../../electron/engine/project/project.js';
import { imageChangeSchema } from '../../../../../../shared/api/index.js';
import type { ImageRecord } from '../../../../../../shared/project.js';
import type { Progress } from '../../../../../../shared/progress.js';
import { jpeg, put, SIZE, vocDevkit } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

let folder: string;
let dataset: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'project');
  // In a folder of its own, for files that lie beside it.
  dataset = join(temporaryFolder(), 'dataset');
  mkdirSync(dataset);
});

const never = new AbortController().signal;

const run = (
  more: Partial<NewProjectRequest> = {},
  signal = never,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<NewProjectResult> =>
  // prettier-ignore
  newProject({ folder, dataset, format: 'auto', domain: 'target', ...more }, signal, onProgress);

function stored(): ImageRecord[] {
  const project = openProject(folder);
  const images = project.store.images();
  project.close();
  return images;
}

const good = [
  { id: 'a', split: 'train', classes: [0, 4] },
  { id: 'b', split: 'train', classes: [19] },
  { id: 'c', split: 'val', classes: [2], truth: null },
];

describe('a sound dataset', () => {
  beforeEach(() => vocDevkit(dataset, good));

  it('goes in as it is', async () => {
    const result = await run();
    expect(result).toMatchObject({ created: true, name: 'project', format: 'voc', added: 3, failures: [] });
    expect(stored()[0]).toEqual({
      id: 'a',
      dataset: 0,
      path: 'JPEGImages/a.jpg',
      ...SIZE,
      split: 'train',
      domain: 'target',
      classes: [0, 4],
      truth: 'SegmentationClass/a.png',
    });
    expect(stored().map(({ id, split, truth }) => `${id} ${split} ${truth !== null}`)).toEqual([
      'a train true',
      'b train true',
      'c val false',
    ]);
    expect(readFileSync(join(folder, 'import-report.csv'), 'utf8')).toBe('file,id,code,reason,action\r\n');
  });

  it('goes in once: a second run adds what is new and completes what lacked something', async () => {
    put(dataset, 'ImageSets/Segmentation/train_cls.txt', 'a 0 4\n');
    expect((await run()).failures).toEqual([expect.objectContaining({ id: 'b', code: 'label-missing' })]);
    await vocDevkit(dataset, [
      good[0],
      good[1],
      { id: 'c', split: 'val', classes: [2] },
      { id: 'd', split: 'val', classes: [1] },
    ]);
    expect(await run()).toMatchObject({ created: false, added: 1, completed: 2, known: 1, failures: [] });
    expect(stored().map(({ id, classes, truth }) => `${id} ${classes} ${truth !== null}`)).toEqual([
      'a 0,4 true',
      'b 19 true',
      'c 2 true',
      'd 1 true',
    ]);
    expect(await run()).toMatchObject({ added: 0, completed: 0, known: 4 });
  });

  it('leaves labels that were set by hand as they are', async () => {
    await run();
    const project = openProject(folder);
    project.store.edits.apply(
      { ids: ['a', 'b'] },
      imageChangeSchema.parse({ addClasses: [7], removeClasses: [4, 19] }),
    );
    project.store.edits.apply({ ids: ['c'] }, imageChangeSchema.parse({ removeClasses: [2] }));
    project.close();
    expect(await run()).toMatchObject({ added: 0, completed: 0, known: 3 });
    expect(stored().map(({ id, classes }) => `${id} ${classes}`)).toEqual(['a 0,7', 'b 7', 'c ']);
  });

  it('is counted while it goes in', async () => {
    const seen: Progress[] = [];
    await run({}, never, (progress) => seen.push(progress));
    expect(seen.at(-1)).toMatchObject({ done: 3, total: 3, unit: 'images', secondsLeft: 0 });
  });

  it('stops when told to, and goes on later', async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ id: `n${i}`, split: 'train', classes: [0] }));
    await vocDevkit(dataset, many);
    const stop = new AbortController();
    await expect(run({}, stop.signal, () => stop.abort())).rejects.toMatchObject({ code: 'interrupted' });
    const before = stored().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(41);
    expect(await run()).toMatchObject({ added: 41 - before, known: before });
  });

  it('is joined by a second one of another domain, by the names of its classes', async () => {
    await run();
    const web = temporaryFolder();
    put(web, 'cat/1.jpg', await jpeg());
    put(web, 'unicorn/2.jpg', await jpeg());
    const result = await run({ dataset: web, domain: 'web' });
    expect(result.added).toBe(1);
    expect(result.failures).toEqual([expect.objectContaining({ id: 'unicorn/2', code: 'label-unknown' })]);
    expect(stored().at(-1)).toMatchObject({ id: 'cat/1', dataset: 1, domain: 'web', classes: [7] });
    await expect(run({ dataset: web })).rejects.toMatchObject({ code: 'usage' });
  });
});

it("two imports at once do not get in each other's way", async () => {
  await vocDevkit(dataset, good);
  let second: Promise<NewProjectResult> | null = null;
  await run({}, never, () => (second = run()));
  expect(await second).toMatchObject({ created: false, added: 0, known: 3 });
});

describe('a dataset with faults', () => {
  /** Code, id and action of each failure, as the result, the store and the report tell them. */
  async function failuresOf(more: Partial<NewProjectRequest> = {}): Promise<string[]> {
    const { failures } = await run(more);
    const project = openProject(folder);
    expect(project.store.failures()).toEqual(failures);
    project.close();
    const report = readFileSync(join(folder, 'import-report.csv'), 'utf8').trimEnd().split('\r\n');
    expect(report).toHaveLength(failures.length + 1);
    failures.forEach(({ file, code }, i) => {
      expect(report[i + 1]).toContain(file);
      expect(report[i + 1]).toContain(code);
    });
    return failures.map(({ id, code, action }) => `${id} ${code} ${action}`);
  }

  beforeEach(() => vocDevkit(dataset, good));

  const cases: [string, string, () => unknown, number][] = [
    ['a missing photo', 'b file-missing skipped', () => rmSync(join(dataset, 'JPEGImages/b.jpg')), 2],
    ['a truncated JPEG', 'b file-damaged skipped', async () => {
      const file = put(dataset, 'JPEGImages/b.jpg', await jpeg(200, 100));
      truncateSync(file, readFileSync(file).length - 60);
    }, 2],
    ['a text file in place of a photo', 'b file-damaged skipped', () => put(dataset, 'JPEGImages/b.jpg', 'no photo'), 2],
    ['an empty photo', 'b file-damaged skipped', () => put(dataset, 'JPEGImages/b.jpg', ''), 2],
    ['ground truth of another size', 'b size-mismatch imported without ground truth', () =>
      vocDevkit(dataset, [{ ...good[1], truth: { width: 16, height: 24 } }, good[0]]), 3],
    ['broken ground truth', 'b file-damaged imported without ground truth', () =>
      put(dataset, 'SegmentationClass/b.png', 'no map'), 3],
    ['an unknown class', 'b label-unknown skipped', () =>
      put(dataset, 'ImageSets/Segmentation/train_cls.txt', 'a 0\nb 3 20\n'), 2],
    ['an image without labels', 'b label-missing imported without labels', () =>
      put(dataset, 'ImageSets/Segmentation/train_cls.txt', 'a 0\nb\n'), 3],
    ['an id of another case', 'B id-duplicate skipped', async () => {
      put(dataset, 'JPEGImages/B.jpg', await jpeg());
      put(dataset, 'ImageSets/Segmentation/train.txt', 'a\nb\nB\n');
      put(dataset, 'ImageSets/Segmentation/train_cls.txt', 'a 0\nb 1\nB 1\n');
    }, 3],
    ['an id that Windows cannot hold', 'aux id-unsafe skipped', async () => {
      put(dataset, 'JPEGImages/aux.jpg', await jpeg());
      put(dataset, 'ImageSets/Segmentation/val.txt', 'c\naux\n');
    }, 3],
    ['an id that climbs out of the folder', '../../secret path-outside skipped', () =>
      put(dataset, 'ImageSets/Segmentation/val.txt', 'c\n../../secret\n'), 3],
  ]; // prettier-ignore

  it.each(cases)('goes in but for %s', async (_name, failure, spoil, images) => {
    await spoil();
    expect(await failuresOf()).toEqual([failure]);
    expect(stored()).toHaveLength(images);
  });

  it('goes in but for a path that leads out of its folder', async () => {
    const outside = put(dataset, '../outside.jpg', await jpeg());
    put(dataset, 'cat.jpg', await jpeg());
    const labels = put(dataset, 'labels.csv', `${outside},cat\n../outside.jpg,cat\ncat.jpg,cat\ncat.jpg,dog\n`);
    expect(await failuresOf({ format: 'csv', labels, folder })).toEqual([
      expect.stringMatching(/^.+ path-outside skipped$/),
      '../outside path-outside skipped',
      'cat id-duplicate skipped',
    ]);
  });

  it('forgets a fault that has been put right', async () => {
    renameSync(join(dataset, 'JPEGImages/b.jpg'), join(dataset, 'kept'));
    expect(await failuresOf()).toHaveLength(1);
    renameSync(join(dataset, 'kept'), join(dataset, 'JPEGImages/b.jpg'));
    expect(await failuresOf()).toEqual([]);
    expect(stored()).toHaveLength(3);
  });

  it('sees the size of a photo as it is shown', async () => {
    const sharp = (await import('sharp')).default;
    const turned = await sharp(await jpeg(30, 20)).withMetadata({ orientation: 6 }).toBuffer(); // prettier-ignore
    put(dataset, 'JPEGImages/c.jpg', turned);
    await run();
    expect(stored()[2]).toMatchObject({ id: 'c', width: 20, height: 30 });
  });
});

describe('no project comes of', () => {
  it.each([
    ['an empty list', 'dataset-empty', () => put(dataset, 'ImageSets/Segmentation/train.txt', '\n')],
    [
      'a folder that is none of the formats',
      'dataset-unknown',
      () => rmSync(join(dataset, 'JPEGImages'), { recursive: true }),
    ],
  ])('%s', async (_name, code, spoil) => {
    put(dataset, 'JPEGImages/notes.txt', '');
    spoil();
    await expect(run()).rejects.toMatchObject({ code, file: dataset });
    expect(isProject(folder)).toBe(false);
  });

  it('a dataset that is not there, or that is the project folder itself', async () => {
    await expect(run({ dataset: join(dataset, 'none') })).rejects.toMatchObject({ code: 'file-missing' });
    await vocDevkit(dataset, good);
    await expect(run({ folder: dataset })).rejects.toMatchObject({ code: 'usage' });
    expect(isProject(dataset)).toBe(false);
  });

  it('a folder that cannot be written', async () => {
    await vocDevkit(dataset, good);
    const file = put(temporaryFolder(), 'file', '');
    await expect(run({ folder: join(file, 'project') })).rejects.toMatchObject({ code: 'not-writable' });
  });

  it('class names that are given twice', async () => {
    await vocDevkit(dataset, good);
    const classes = put(dataset, 'names.txt', 'cat\ndog\ncat\n');
    await expect(run({ classes })).rejects.toMatchObject({ code: 'label-unknown' });
  });
});

it('a dataset of which nothing can be used ends with the first reason, and with the report', async () => {
  await vocDevkit(dataset, [good[0]]);
  writeFileSync(join(dataset, 'JPEGImages/a.jpg'), 'no photo');
  await expect(run()).rejects.toMatchObject({ code: 'dataset-empty', file: dataset });
  expect(readFileSync(join(folder, 'import-report.csv'), 'utf8')).toContain('a,file-damaged');
});

it('ground truth outside the dataset is not looked at', async () => {
  put(dataset, '../outside.png', 'secret');
  put(dataset, '1.jpg', await jpeg());
  put(dataset, 'labels.csv', 'path,labels,truth\n1.jpg,cat,../outside.png\n');
  const { failures } = await run();
  expect(failures).toEqual([
    expect.objectContaining({ code: 'path-outside', action: 'imported without ground truth' }),
  ]);
  expect(stored()[0].truth).toBeNull();
});
