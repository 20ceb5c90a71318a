import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  chooseFormat,
  isFailure,
  type DatasetEntry,
  type FormatOptions,
} from '../../../../../../../electron/engine/project/formats/index.js';
import type { Failure } from '../../../../../../../shared/types.js';
import { put } from '../../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../../support/folder.js';

let root: string;
beforeEach(() => {
  root = join(temporaryFolder(), 'dataset');
  mkdirSync(root);
});

async function read(
  options: FormatOptions = {},
): Promise<{ name: string; classes: string[]; entries: DatasetEntry[]; failures: Failure[] }> {
  // prettier-ignore
  const format = await chooseFormat('auto', root, options);
  const items: (DatasetEntry | Failure)[] = [];
  for await (const item of format.read(root, options)) items.push(item);
  const failures = items.filter(isFailure);
  const entries = items.filter((item): item is DatasetEntry => !isFailure(item));
  return { name: format.name, classes: await format.classes(root, options), entries, failures };
}

const square = [[0, 0, 4, 0, 4, 4, 0, 4]];
const images = [{ id: 7, file_name: 'a.jpg', width: 8, height: 6 }, { id: 3, file_name: 'b.jpg', width: 8, height: 6 }]; // prettier-ignore
const annotations = [
  { id: 1, image_id: 3, category_id: 90, segmentation: square },
  { id: 2, image_id: 7, category_id: 18, segmentation: square },
  { id: 3, image_id: 3, category_id: 18, iscrowd: 1, segmentation: { size: [6, 8], counts: [48] } },
];
const categories = [{ id: 90, name: 'toothbrush' }, { id: 18, name: ' dog' }]; // prettier-ignore
const json = (parts: object): string => JSON.stringify({ info: { year: 2017 }, images, annotations, categories, ...parts }); // prettier-ignore

describe('coco', () => {
  it('reads images with the categories of their annotations, in the order of ids', async () => {
    put(root, 'annotations/instances_train2017.json', json({}));
    put(root, 'annotations/captions_train2017.json', '{"annotations": [{"caption": "a dog"}]}');
    put(root, 'train2017/b.jpg', '');
    const { name, classes, entries, failures } = await read();
    expect(name).toBe('coco');
    expect(classes).toEqual(['dog', 'toothbrush']);
    expect(entries).toEqual([
      expect.objectContaining({ id: 'train2017/a', path: 'train2017/a.jpg', split: 'train2017', labels: ['dog'] }),
      expect.objectContaining({ id: 'train2017/b', labels: ['dog', 'toothbrush'] }),
    ]);
    expect(failures).toEqual([]);
  });

  it('draws ground truth from where annotations stand in the file, whatever the order of its parts', async () => {
    put(root, 'annotations/instances_val.json', JSON.stringify({ categories, annotations, images }, null, 2));
    const { truth } = (await read()).entries[0];
    if (truth === null || typeof truth === 'string') return expect.unreachable();
    const { map } = await truth.draw({ width: 8, height: 6 }, (label) => ({ dog: 2, toothbrush: 1 })[label] ?? 99);
    expect([...map.data].filter((label) => label !== 0)).toEqual(Array(16).fill(2));
    await expect(truth.draw({ width: 6, height: 8 }, () => 1)).rejects.toMatchObject({ code: 'size-mismatch' });
  });

  it('knows boxes alone for no ground truth, and an image without annotations for background', async () => {
    const boxes = annotations.map((annotation) => ({ ...annotation, segmentation: [], bbox: [0, 0, 1, 1] }));
    put(root, 'annotations/instances_val.json', json({ annotations: boxes }));
    expect((await read()).entries.map(({ truth }) => truth)).toEqual([null, null]);
    put(root, 'annotations/instances_val.json', json({ annotations: annotations.slice(1, 2) }));
    const { labels, truth } = (await read()).entries[1];
    expect(labels).toEqual([]);
    expect(truth).not.toBeNull();
  });

  it.each([
    ['images/train2017', 'annotations/instances_train2017.json', 'train2017'],
    ['images', 'annotations/instances_train2017.json', 'train2017'],
    ['train', 'train/_annotations.coco.json', 'train'],
    ['.', 'my_val.json', 'val'],
  ])('finds photos in %s for %s', async (folder, file, split) => {
    put(root, file, json({}));
    put(root, `${folder}/a.jpg`, '');
    const { entries } = await read();
    const path = folder === '.' ? 'a.jpg' : `${folder}/a.jpg`;
    expect(entries[0]).toMatchObject({ path, split });
  });

  it('takes the file and the class names of the options', async () => {
    put(root, 'train2017/a.jpg', '');
    const labels = put(root, '../elsewhere.json', json({}));
    const { classes, entries } = await read({ labels, classes: ['chien', 'brosse'] });
    expect(entries[1].labels).toEqual(['chien', 'brosse']);
    expect(classes).toEqual(['dog', 'toothbrush']);
  });

  it('leaves paths that climb out to the check of the import', async () => {
    put(root, 'annotations/instances_train.json', json({ images: [{ id: 7, file_name: '../../secret.jpg' }] }));
    expect((await read()).entries[0].path).toBe('train/../../secret.jpg');
  });

  it('lists what is not as it should be, and goes on', async () => {
    const broken = [...annotations, { image_id: 99, category_id: 18 }, { caption: 'none' }, { image_id: 7, category_id: 5 }]; // prettier-ignore
    const twice = [...images, { id: 7, file_name: 'c.jpg' }, { file_name: 'd.jpg' }];
    put(root, 'annotations/instances_val.json', json({ images: twice, annotations: broken, categories: [...categories, { id: 4 }] })); // prettier-ignore
    const { entries, failures } = await read();
    expect(entries.map(({ labels }) => labels)).toEqual([['category 5', 'dog'], ['dog', 'toothbrush']]); // prettier-ignore
    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/image id 7 is given twice/),
      expect.stringMatching(/image at byte \d+ has no id/),
      expect.stringMatching(/annotation at byte \d+ has no image_id/),
      expect.stringMatching(/category at byte \d+ has no id or no name/),
      expect.stringMatching(/1 annotations belong to images/),
    ]);
  });

  it('says how far it came in a file that is cut off', async () => {
    const text = json({});
    put(root, 'annotations/instances_val.json', text.slice(0, text.indexOf('"id":3,"image_id"')));
    await expect(read()).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringMatching(/cut off .* inside "annotations"; before it stood 2 images and 2 annotations/),
    });
  });

  it('does not take other JSON for its own', async () => {
    put(root, 'notes.json', '{"features": [{}, {}, {}, {}], "images": [{}]}');
    put(root, 'list.json', '[{"images": []}]');
    await expect(read()).rejects.toMatchObject({ code: 'dataset-unknown' });
  });
});
