import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  chooseFormat,
  datasetFormats,
  isFailure,
  type DatasetEntry,
  type FormatOptions,
} from '../../../../../../electron/engine/project/formats/index.js';
import type { Failure } from '../../../../../../shared/types.js';
import { jpeg, put, vocDevkit } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';

let root: string;
beforeEach(() => {
  // In a folder of its own, for files that lie beside it.
  root = join(temporaryFolder(), 'dataset');
  mkdirSync(root);
});

async function read(
  format = 'auto',
  options: FormatOptions = {},
): Promise<{ format: string; classes: string[]; entries: DatasetEntry[]; failures: Failure[] }> {
  // prettier-ignore
  const chosen = await chooseFormat(format, root, options);
  const entries: DatasetEntry[] = [];
  const failures: Failure[] = [];
  for await (const item of chosen.read(root, options)) {
    if (isFailure(item)) failures.push(item);
    else entries.push(item);
  }
  return { format: chosen.name, classes: await chosen.classes(root, options), entries, failures };
}

const cocoJson = JSON.stringify({
  images: [{ id: 1, file_name: 'a.jpg' }],
  annotations: [{ image_id: 1, category_id: 3, segmentation: [[0, 0, 4, 0, 4, 4]] }],
  categories: [{ id: 3, name: 'cat' }],
});

/** What two readings can be compared by: ground truth that is to be drawn comes with a new function each time. */
const comparable = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** A small dataset in each format; every entry of the registry needs one. */
const examples: Record<string, () => Promise<unknown>> = {
  voc: () => vocDevkit(root, [{ id: 'a', split: 'train', classes: [0] }]),
  csv: async () => [put(root, 'labels.csv', 'cat/a.jpg,cat\n'), put(root, 'cat/a.jpg', await jpeg())],
  folders: async () => put(root, 'cat/a.jpg', await jpeg()),
  yolo: async () => [
    put(root, 'data.yaml', 'names: [cat]'),
    put(root, 'labels/a.txt', '0 0 0 1 0 1 1'),
    put(root, 'images/a.jpg', await jpeg()),
  ],
  coco: async () => [put(root, 'annotations/instances_cat.json', cocoJson), put(root, 'cat/a.jpg', await jpeg())],
  plain: async () => put(root, 'a.jpg', await jpeg()),
};

/** What an example is about, where it is not cat/a. */
const ids: Record<string, string> = { voc: 'a', plain: 'a', yolo: 'images/a' };
/** Formats that say something of a dataset in which nothing is wrong. */
const remarks: Record<string, string[]> = { plain: ['label-missing'] };

describe.each(datasetFormats)('every format: $name', (format) => {
  it('recognises its own layout, and reads the same twice', async () => {
    await examples[format.name]();
    const first = await read();
    expect(first.format).toBe(format.name);
    expect(first.failures.map(({ code }) => code)).toEqual(remarks[format.name] ?? []);
    expect(first.entries.map(({ id }) => id)).toEqual([ids[format.name] ?? 'cat/a']);
    expect(comparable(await read())).toEqual(comparable(first));
  });

  it('does not recognise an empty folder', async () => {
    expect(await format.recognises(root, {})).toBe(false);
  });
});

describe('chooseFormat', () => {
  it('says what it looked for where nothing fits', async () => {
    put(root, 'notes.txt', 'nothing');
    const error: Error = await read().then(() => expect.unreachable(), (reason: Error) => reason); // prettier-ignore
    expect(error).toMatchObject({ code: 'dataset-unknown' });
    for (const { name, looksFor } of datasetFormats) expect(error.message).toContain(`${name}: ${looksFor}`);
  });

  it('knows no other names', async () => {
    await expect(read('pickles')).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('voc') });
  });
});

describe('voc', () => {
  const a = { id: 'a', split: 'train', classes: [1, 3] };
  const b = { id: 'b', split: 'val', classes: [0], truth: null };

  it('reads lists, labels and ground truth', async () => {
    await vocDevkit(root, [a, b]);
    const { entries, classes } = await read();
    expect(entries).toEqual([
      { id: 'a', path: 'JPEGImages/a.jpg', split: 'train', labels: [1, 3], truth: 'SegmentationClass/a.png' },
      { id: 'b', path: 'JPEGImages/b.jpg', split: 'val', labels: [0], truth: null },
    ]);
    expect(classes).toHaveLength(20);
    expect(classes[14]).toBe('person');
  });

  it('takes names of classes from classes.txt, or from the options', async () => {
    await vocDevkit(root, [a]);
    put(root, 'classes.txt', 'cup\nkey\nlamp\nmug\n');
    expect((await read()).classes).toEqual(['cup', 'key', 'lamp', 'mug']);
    expect((await read()).entries[0].labels).toEqual(['key', 'mug']);
    expect((await read('voc', { classes: ['w', 'x'] })).entries[0].labels).toEqual(['x', 3]);
  });

  it('takes from trainval and other lists what the splits lack', async () => {
    await vocDevkit(root, [a, b]);
    put(root, 'ImageSets/Segmentation/trainval.txt', 'a\nb\nc');
    put(root, 'ImageSets/Segmentation/train_aug.txt', 'a\nd');
    const { entries, failures } = await read();
    expect(entries.map(({ id, split }) => `${id} ${split}`)).toEqual(['a train', 'b val', 'd train_aug', 'c trainval']);
    expect(entries[2].labels).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('reports an id that is listed twice or in two splits', async () => {
    await vocDevkit(root, [a, b]);
    put(root, 'ImageSets/Segmentation/train.txt', 'a\na\nb\n');
    const { entries, failures } = await read();
    expect(entries.map(({ id, split }) => `${id} ${split}`)).toEqual(['a train', 'b train']);
    expect(failures.map(({ id, code, action }) => `${id} ${code} ${action}`)).toEqual([
      'a id-duplicate kept in split train',
      'b id-duplicate kept in split train',
    ]);
  });

  it('puts a label file before its own, and takes the split from its name for ids on no list', async () => {
    await vocDevkit(root, [a, b, { id: 'c', classes: [] }]);
    const labels = put(root, '../more_train_cls.txt', 'a 7 \nc 8\nelsewhere 9');
    const { entries, failures } = await read('auto', { labels });
    expect(entries.map(({ id, split, labels: list }) => `${id} ${split} ${list}`)).toEqual([
      'a train 7',
      'b val 0',
      'c train 8',
    ]);
    expect(failures).toEqual([expect.objectContaining({ file: labels, code: 'file-missing', action: 'left out' })]);
    expect(failures[0].reason).toMatch(/^1 ids/);
  });

  it('takes every photo where there are neither lists nor labels, and says that labels are missing', async () => {
    await vocDevkit(root, [{ ...a, split: undefined }]);
    put(root, 'JPEGImages/z.PNG', '');
    put(root, 'JPEGImages/Thumbs.db', '');
    const { entries, failures } = await read();
    expect(entries.map(({ path, split, labels }) => [path, split, labels])).toEqual([
      ['JPEGImages/a.jpg', null, null],
      ['JPEGImages/z.PNG', null, null],
    ]);
    expect(failures).toEqual([expect.objectContaining({ code: 'label-missing' })]);
  });

  it('names the photo that a list asks for and that is not there', async () => {
    await vocDevkit(root, [a]);
    put(root, 'ImageSets/Segmentation/train.txt', 'gone\n../../etc/x\n');
    const { entries } = await read();
    expect(entries.map(({ path }) => path)).toEqual(['JPEGImages/gone.jpg', 'JPEGImages/../../etc/x.jpg', 'JPEGImages/a.jpg']); // prettier-ignore
  });
});

describe('folders', () => {
  it('takes the first folder for the class and passes by what is no photo', async () => {
    for (const path of ['dog/1.jpg', 'cat/far/2.PNG', 'cat/1.jpeg', 'cat/notes.txt', '.git/3.jpg', 'empty/x.md', '4.jpg']) put(root, path, ''); // prettier-ignore
    const { entries, classes } = await read();
    expect(entries.map(({ id, labels, split }) => `${id} ${labels} ${split}`)).toEqual([
      'cat/1 cat null',
      'cat/far/2 cat null',
      'dog/1 dog null',
    ]);
    expect(classes).toEqual(['cat', 'dog']);
  });

  it('takes train and val on the first level for splits', async () => {
    for (const path of ['train/cat/1.jpg', 'val/cat/2.jpg', 'val/dog/3.jpg']) put(root, path, '');
    const { entries, classes } = await read();
    expect(entries.map(({ id, labels, split }) => `${id} ${labels} ${split}`)).toEqual([
      'train/cat/1 cat train',
      'val/cat/2 cat val',
      'val/dog/3 dog val',
    ]);
    expect(classes).toEqual(['cat', 'dog']);
  });

  it('leaves a single folder of no class to the plain format', async () => {
    for (const path of ['images/1.jpg', 'images/deep/2.jpg']) put(root, path, '');
    expect(await read()).toMatchObject({ format: 'plain', entries: [{ id: 'images/1' }, { id: 'images/deep/2' }] });
    expect(await read('folders')).toMatchObject({ classes: ['images'] });
    put(root, 'cat/3.jpg', '');
    expect(await read()).toMatchObject({ format: 'folders', classes: ['cat', 'images'] });
  });

  it('takes no label file', async () => {
    await expect(read('folders', { labels: '/some_cls.txt' })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('csv', () => {
  const csv = async (text: string, options?: FormatOptions): ReturnType<typeof read> => {
    put(root, 'labels.csv', text);
    return read('auto', options);
  };

  it('reads lines of path and labels; classes are sorted', async () => {
    const { entries, classes } = await csv('cat/1.jpg,cat| dog \r\n"a, b.jpg",zebra\n.\\win\\2.jpg,\n');
    expect(entries.map(({ id, path, labels }) => [id, path, labels])).toEqual([
      ['cat/1', 'cat/1.jpg', ['cat', 'dog']],
      ['a, b', 'a, b.jpg', ['zebra']],
      ['win/2', 'win/2.jpg', []],
    ]);
    expect(classes).toEqual(['cat', 'dog', 'zebra']);
  });

  it('reads split and ground truth where a header names them', async () => {
    const { entries, failures } = await csv('\ufeffPath,split,Labels,truth\n1.jpg,val,cat,m\\1.png\n2.jpg,,dog,\n');
    expect(entries).toEqual([
      { id: '1', path: '1.jpg', split: 'val', labels: ['cat'], truth: 'm/1.png' },
      { id: '2', path: '2.jpg', split: null, labels: ['dog'], truth: null },
    ]);
    expect(failures).toEqual([]);
  });

  it('says so where a header names no labels', async () => {
    const { entries, failures } = await csv('path,split\n1.jpg,val\n');
    expect(entries).toEqual([{ id: '1', path: '1.jpg', split: 'val', labels: null, truth: null }]);
    expect(failures).toEqual([expect.objectContaining({ code: 'label-missing' })]);
  });

  it.each([
    ['tabs', 'path\tlabels\n1.jpg\tcat|dog\n'],
    ['semicolons', 'filename;label\n1.jpg;cat | dog\n'],
    ['a byte order mark and Windows line breaks', '\ufeffimage,classes\r\n1.jpg,cat|dog\r\n'],
    ['more cells, without a header', '1.jpg,cat,dog\n'],
    ['a column a class', 'filename,bird,cat,dog\n1.jpg,0,1,1\n'],
    ['numbers of Excel in a column a class', 'filename,bird,cat,dog\n1.jpg,,1.0,1\n'],
    ['ids in the place of paths', 'id,labels\n1,cat|dog\n'],
  ])('reads %s', async (_, text) => {
    put(root, '1.jpg', '');
    const { entries, failures } = await csv(text);
    expect(entries).toEqual([{ id: '1', path: '1.jpg', split: null, labels: ['cat', 'dog'], truth: null }]);
    expect(failures).toEqual([]);
  });

  it('reads labels.tsv, whose cells may hold commas', async () => {
    put(root, 'labels.tsv', 'a,b.jpg\tcat\n');
    expect((await read()).entries).toMatchObject([{ id: 'a,b', labels: ['cat'] }]);
  });

  it('takes numbers for class numbers where names are given', async () => {
    expect((await csv('1.jpg,0|2\n', { classes: ['x', '2'] })).entries[0].labels).toEqual([0, '2']);
    expect((await csv('1.jpg,0|2\n')).entries[0].labels).toEqual(['0', '2']);
  });

  it('says which cell of a column a class is neither 0 nor 1', async () => {
    const { entries, failures } = await csv('path,width\n1.jpg,640\n2.jpg,1\n');
    expect(entries.map(({ id }) => id)).toEqual(['2']);
    expect(failures).toEqual([expect.objectContaining({ code: 'label-unknown', reason: 'line 2: "640" is neither 0 nor 1' })]); // prettier-ignore
  });

  it.each([
    ['Latin-1', Buffer.from('h\xfcnd.jpg,cat\n', 'latin1'), /UTF-8/],
    ['UTF-16', Buffer.from('\ufeff1.jpg,cat\n', 'utf16le'), /UTF-8/],
    ['a NUL', '1.jpg,c\0at\n', /NUL/],
  ])('refuses %s', async (_, bytes, reason) => {
    put(root, 'labels.csv', bytes);
    await expect(read()).rejects.toMatchObject({ code: 'file-damaged', message: expect.stringMatching(reason) });
  });

  it('leaves out a line without an end', async () => {
    const { entries, failures } = await csv(`1.jpg,cat\n2.jpg,"${'x'.repeat(2_000_000)}`);
    expect(entries.map(({ id }) => id)).toEqual(['1']);
    expect(failures).toEqual([expect.objectContaining({ code: 'file-damaged', action: 'line left out' })]);
  });

  it('leaves out a broken line and goes on', async () => {
    const { entries, failures } = await csv('1.jpg,cat\n2"x".jpg",dog\n,cat\n3.jpg,cat\n');
    expect(entries.map(({ id }) => id)).toEqual(['1', '3']);
    expect(failures.map(({ code, reason }) => `${code} ${reason.slice(0, 7)}`)).toEqual([
      'file-damaged line 2:',
      'file-missing line 3:',
    ]);
  });

  it('says so where the table that is named is not there', async () => {
    await expect(read('csv', { labels: '/none/labels.csv' })).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('takes the only table of the folder, or the one that is named', async () => {
    put(root, 'one.csv', '1.jpg,cat\n');
    expect((await read()).entries).toHaveLength(1);
    const labels = put(root, 'two.csv', '1.jpg,cat\n2.jpg,dog\n');
    await expect(read('csv')).rejects.toMatchObject({ code: 'dataset-unknown' });
    expect((await read('auto', { labels })).entries).toHaveLength(2);
  });
});
