import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeLabelMap } from '../../../../../../electron/engine/images/index.js';
import { mappedFormat } from '../../../../../../electron/engine/project/formats/mapped-format.js';
import type { DatasetFormat } from '../../../../../../electron/engine/project/formats/index.js';
import { newProject, type NewProjectRequest } from '../../../../../../electron/engine/project/import/new-project.js';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.js';
import { readTruth } from '../../../../../../electron/engine/services/evaluation-files.js';
import { put, SIZE, vocDevkit } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

let folder: string;
let dataset: string;
beforeEach(async () => {
  folder = join(temporaryFolder(), 'project');
  dataset = join(temporaryFolder(), 'dataset');
  mkdirSync(dataset);
  put(dataset, 'names.txt', 'cat\ndog\ncow\n');
  await vocDevkit(dataset, [
    { id: 'a', split: 'train', classes: [0, 1] },
    { id: 'b', split: 'train', classes: [1] },
    { id: 'c', split: 'train', classes: [2, 0] },
  ]);
});

const run = (map: NewProjectRequest['map'], more: Partial<NewProjectRequest> = {}) =>
  newProject(
    { folder, dataset, format: 'voc', domain: 'target', classes: join(dataset, 'names.txt'), map, ...more },
    new AbortController().signal,
    () => undefined,
  );

/** `id classes`, and the labels that occur in its ground truth. */
async function stored(): Promise<string[]> {
  const project: Project = openProject(folder);
  try {
    const rows = project.store.images().map(async (image) => {
      const truth = await readTruth(project, { kind: 'masks', set: '' }, image);
      return `${image.id} ${image.classes} | ${[...new Set(truth?.data)]}`;
    });
    return await Promise.all(rows);
  } finally {
    project.close();
  }
}

describe('an import that maps classes', () => {
  it('renames, joins and leaves out, in labels and ground truth', async () => {
    const map = [{ name: 'cat', as: '' }, { name: 'cow', as: 'dog' }]; // prettier-ignore
    const result = await run(map);
    expect(result).toMatchObject({ classes: ['dog'], added: 3, failures: [] });
    expect(await stored()).toEqual(['a 0 | 0', 'b 0 | 1,0', 'c 0 | 1,0']);
    // The mapping stays with the dataset: the same again, or nothing at all, changes nothing.
    expect(await run(undefined)).toMatchObject({ known: 3, added: 0 });
    expect(await run(map)).toMatchObject({ known: 3, added: 0 });
    await expect(run([map[1], { name: 'cat', as: 'dog' }])).rejects.toMatchObject({ code: 'usage' });
    expect(await stored()).toEqual(['a 0 | 0', 'b 0 | 1,0', 'c 0 | 1,0']);
  });

  it('leaves an image without labels where all of its classes go, and reports nothing lacking', async () => {
    expect(await run([{ name: 'dog', as: '' }])).toMatchObject({ classes: ['cat', 'cow'], failures: [] });
    expect(await stored()).toEqual(['a 0 | 1,0', 'b  | 0', 'c 0,1 | 2,0']);
  });

  it('fits a second dataset into the classes that are there', async () => {
    await run([{ name: 'cow', as: 'ox' }]);
    const other = join(temporaryFolder(), 'other');
    put(other, 'names.txt', 'bull\nkitten\nfish\n');
    await vocDevkit(other, [{ id: 'z', split: 'train', classes: [0] }]);
    const more = { dataset: other, classes: join(other, 'names.txt') };
    const map = [{ name: 'bull', as: 'ox' }, { name: 'kitten', as: 'cat' }]; // prettier-ignore
    await expect(run(map, more)).rejects.toMatchObject({ code: 'label-unknown', message: expect.stringContaining('"fish"') as string }); // prettier-ignore
    expect(await run([...map, { name: 'fish', as: '' }], more)).toMatchObject({ added: 1 });
    expect((await stored()).at(-1)).toBe('z 2 | 3,0');
  });

  it('refuses what no class is, and makes nothing', async () => {
    await expect(run([{ name: 'horse', as: 'x' }])).rejects.toMatchObject({ code: 'label-unknown' });
    await expect(stored()).rejects.toMatchObject({ code: 'project-missing' });
  });

  it('refuses values of ground truth beyond the classes of the dataset', async () => {
    const data = new Uint8Array(SIZE.width * SIZE.height).fill(4);
    put(dataset, 'SegmentationClass/a.png', encodeLabelMap({ ...SIZE, data }));
    await run([{ name: 'cat', as: '' }]);
    await expect(stored()).rejects.toMatchObject({ code: 'label-unknown', message: expect.stringContaining("none of the dataset's 3 classes") as string }); // prettier-ignore
  });
});

it('ground truth that is drawn has the labels of the project, and background for what is left out', async () => {
  const seen: number[] = [];
  const truth = {
    file: '/d/a.json',
    draw: (_size: unknown, labelOf: (name: number | string) => number) => {
      seen.push(...['cat', 1, 'cow'].map(labelOf));
      return Promise.resolve({ map: { width: 1, height: 1, data: new Uint8Array(1) }, failures: [] });
    },
  };
  const entry = { id: 'a', path: 'a.jpg', split: null, labels: ['cat', 1, 9], truth };
  const format = { name: 'x', read: async function* () { yield await Promise.resolve(entry); } } as unknown as DatasetFormat; // prettier-ignore
  const mapped = mappedFormat(format, [{ name: 'cat', as: '' }, { name: 'dog', as: 'hound' }, { name: 'cow', as: 'cow' }]); // prettier-ignore
  for await (const item of mapped.read('/d', {})) {
    expect(item).toMatchObject({ labels: ['hound', 'class number 9'] });
    const { truth: drawn } = item as typeof entry;
    await drawn.draw(SIZE, (name) => ['hound', 'cow'].indexOf(String(name)) + 1);
  }
  expect(seen).toEqual([0, 1, 2]);
});
