import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { namedClasses } from '../../../../../../electron/engine/project/formats/class-names.js';
import { newProject, type NewProjectRequest } from '../../../../../../electron/engine/project/import/new-project.js';
import { openProject } from '../../../../../../electron/engine/project/project.js';
import { jpeg, put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

let base: string;
beforeEach(async () => {
  base = temporaryFolder();
  mkdirSync(join(base, 'photos'));
  const photo = await jpeg();
  for (const path of ['a.jpg', 'b.JPG', 'trip/c.jpg', 'train/d.jpg']) put(base, join('photos', path), photo);
});

function add(more: Partial<NewProjectRequest> = {}): ReturnType<typeof newProject> {
  const request = { folder: join(base, 'project'), dataset: join(base, 'photos'), format: 'plain', domain: 'target' } as const; // prettier-ignore
  return newProject({ ...request, ...more }, new AbortController().signal, () => undefined);
}

function images(): [string, string | null, number[]][] {
  const project = openProject(join(base, 'project'));
  try {
    return project.store.images().map(({ id, split, classes }) => [id, split, classes]);
  } finally {
    project.close();
  }
}

describe('a plain folder', () => {
  it('goes in without labels, and says how to add them; then they are added', async () => {
    const first = await add();
    expect(first).toMatchObject({ added: 4, classes: await namedClasses('voc') });
    expect(first.failures).toEqual([expect.objectContaining({ code: 'label-missing', action: expect.stringContaining('--labels FILE') })]); // prettier-ignore
    expect(images()).toEqual([
      ['a', null, []],
      ['b', null, []],
      ['train/d', 'train', []],
      ['trip/c', null, []],
    ]);
    const labels = put(base, 'labels.json', '{"a": ["cat"], "trip/c.jpg": [14], "gone": ["dog"]}');
    const second = await add({ labels });
    expect(second).toMatchObject({ completed: 2, known: 2 });
    expect(images().filter(([, , classes]) => classes.length > 0)).toEqual([
      ['a', null, [7]],
      ['trip/c', null, [14]],
    ]);
    expect(second.failures.map(({ id, code }) => [id, code])).toContainEqual([undefined, 'file-missing']);
    expect(second.failures.find(({ code }) => code === 'file-missing')?.reason).toMatch(/^1 ids/);
  });

  it('takes its classes from the labels, from a file, or from COCO', async () => {
    const labels = put(base, 'labels.txt', 'a 0\nb 1\n');
    const classes = put(base, 'names.txt', 'zebra\nyak\n');
    expect((await add({ folder: join(base, 'file'), labels, classes })).classes).toEqual(['zebra', 'yak']);
    expect((await add({ folder: join(base, 'coco'), labels, classes: 'coco' })).classes).toHaveLength(80);
    const names = put(base, 'labels.csv', 'a,yak\nb,emu\n');
    expect((await add({ folder: join(base, 'data'), labels: names })).classes).toEqual(['emu', 'yak']);
  });
});

describe('namedClasses', () => {
  it('knows VOC and COCO, and reads files', async () => {
    expect(await namedClasses('voc')).toHaveLength(20);
    expect((await namedClasses('coco'))[79]).toBe('toothbrush');
    expect(await namedClasses(put(base, 'names', '\ufeffcat\r\n dog \r\n\r\n'))).toEqual(['cat', 'dog']);
    await expect(namedClasses(put(base, 'none', '\n'))).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(namedClasses('toString')).rejects.toMatchObject({ code: 'file-missing' });
  });
});
