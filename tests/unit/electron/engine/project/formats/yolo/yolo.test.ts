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
  root = temporaryFolder();
});

async function read(
  options: FormatOptions = {},
): Promise<{ name: string; classes: string[]; entries: DatasetEntry[]; failures: Failure[] }> {
  // prettier-ignore
  const format = await chooseFormat('auto', root, options);
  const items: (DatasetEntry | Failure)[] = [];
  for await (const item of format.read(root, options)) items.push(item);
  const entries = items.filter((item): item is DatasetEntry => !isFailure(item));
  return { name: format.name, classes: await format.classes(root, options), entries, failures: items.filter(isFailure) }; // prettier-ignore
}

const outline = '1 0 0 0.5 0 0.5 1 0 1\n';
const box = '0 0.75 0.5 0.5 1\n';

describe('yolo', () => {
  it('reads photos with the classes of their lines', async () => {
    put(root, 'data.yaml', 'train: images/train2017\nval: images/val2017\nnames: {0: cat, 1: dog}');
    put(root, 'images/train2017/a.jpg', '');
    put(root, 'images/val2017/sub/b.PNG', '');
    put(root, 'labels/train2017/a.txt', outline + box + outline);
    const { name, classes, entries, failures } = await read();
    expect([name, classes, failures]).toEqual(['yolo', ['cat', 'dog'], []]);
    expect(entries).toEqual([
      expect.objectContaining({ id: 'images/train2017/a', split: 'train', labels: ['dog', 'cat'] }),
      { id: 'images/val2017/sub/b', path: 'images/val2017/sub/b.PNG', split: 'val', labels: [], truth: null },
    ]);
  });

  it('takes splits from lists of photos, wherever those were written', async () => {
    put(root, 'data.yaml', 'train: [train.txt, gone.txt]\nval: /home/me/x/val.txt\nnames: [cat, dog]');
    put(root, 'train.txt', './images/a.jpg\n\n');
    put(root, 'val.txt', 'C:\\x\\images\\b.jpg\r\n');
    for (const name of ['a', 'b', 'c']) put(root, `images/${name}.jpg`, '');
    put(root, 'labels/a.txt', box);
    const { entries, failures } = await read();
    expect(entries.map(({ path, split }) => [path, split])).toEqual([
      ['images/a.jpg', 'train'],
      ['images/b.jpg', 'val'],
      ['images/c.jpg', null],
    ]);
    expect(failures).toEqual([]);
  });

  it('reads no list outside the dataset', async () => {
    const outside = temporaryFolder();
    put(outside, 'train.txt', 'images/a.jpg');
    put(root, 'data.yaml', `train: ../${outside.split('/').at(-1)}/train.txt\nval: ${outside}/train.txt\nnames: [cat]`);
    put(root, 'images/a.jpg', '');
    put(root, 'labels/a.txt', box);
    expect((await read()).entries.map(({ split }) => split)).toEqual([null]);
  });

  it('reads a folder a split, as Roboflow has it', async () => {
    put(root, 'train/images/a.jpg', '');
    put(root, 'train/labels/a.txt', outline);
    put(root, 'valid/images/b.jpg', '');
    put(root, 'valid/labels/b.txt', box);
    const { entries, classes, failures } = await read();
    expect(entries.map(({ path, split, labels }) => [path, split, labels])).toEqual([
      ['train/images/a.jpg', 'train', ['class_1']],
      ['valid/images/b.jpg', 'valid', ['class_0']],
    ]);
    expect(classes).toEqual(['class_0', 'class_1']);
    expect(failures).toEqual([expect.objectContaining({ action: 'called them class_0 to class_1' })]);
  });

  it('draws outlines of shares of the photo, and leaves boxes among them out of the figures', async () => {
    put(root, 'images/a.jpg', '');
    put(root, 'labels/a.txt', outline + box);
    const { truth } = (await read()).entries[0];
    if (truth === null || typeof truth === 'string') return expect.unreachable();
    const { map } = await truth.draw({ width: 4, height: 2 }, (name) => ({ class_0: 1, class_1: 2 })[name] ?? 99);
    expect([...map.data]).toEqual([2, 2, 255, 255, 2, 2, 255, 255]);
  });

  it('makes no ground truth of boxes, nor of lines of which some are broken', async () => {
    for (const [id, lines] of [
      ['a', box],
      ['b', `${outline}1 0 0 x\n`],
      ['c', ''],
    ]) {
      // prettier-ignore
      put(root, `images/${id}.jpg`, '');
      put(root, `labels/${id}.txt`, lines);
    }
    const { entries, failures } = await read({ classes: ['cat', 'dog'] });
    expect(entries.map(({ labels, truth }) => [labels, truth])).toEqual([[['cat'], null], [['dog'], null], [[], null]]); // prettier-ignore
    expect(failures).toEqual([expect.objectContaining({ id: 'images/b', reason: expect.stringMatching(/^line 2/) })]);
  });

  it("takes COCO's names where photos are named like COCO's and no class is beyond them", async () => {
    put(root, 'images/000000000009.jpg', '');
    put(root, 'labels/000000000009.txt', outline);
    const { entries, failures } = await read();
    expect(entries[0].labels).toEqual(['bicycle']);
    expect(failures).toEqual([expect.objectContaining({ action: expect.stringMatching(/COCO's 80 names/) })]);
    put(root, 'labels/000000000009.txt', outline + box.replace(/^0/, '80'));
    expect((await read()).entries[0].labels).toEqual(['class_1', 'class_80']);
  });

  it('takes no label file', async () => {
    put(root, 'labels/a.txt', outline);
    put(root, 'images/a.jpg', '');
    const format = await chooseFormat('yolo', root, {});
    await expect(format.read(root, { labels: '/some_cls.txt' })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'usage' }); // prettier-ignore
  });

  it('keeps a class that has no name for the import to report', async () => {
    put(root, 'classes.txt', 'cat\n');
    put(root, 'images/a.jpg', '');
    put(root, 'labels/a.txt', outline);
    expect((await read()).entries[0].labels).toEqual([1]);
  });
});
