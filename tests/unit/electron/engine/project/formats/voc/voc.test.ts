import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  isFailure,
  type DatasetEntry,
  type FormatOptions,
} from '../../../../../../../electron/engine/project/formats/index.js';
import { voc } from '../../../../../../../electron/engine/project/formats/voc/voc.js';
import type { Failure } from '../../../../../../../shared/types.js';
import { put } from '../../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../../support/folder.js';

let root: string;
beforeEach(() => {
  root = join(temporaryFolder(), 'VOC2012');
  mkdirSync(root);
  for (const id of ['2007_000032', '2008_000002']) put(root, `JPEGImages/${id}.jpg`, '');
});

async function read(options: FormatOptions = {}): Promise<{ entries: DatasetEntry[]; failures: Failure[] }> {
  const entries: DatasetEntry[] = [];
  const failures: Failure[] = [];
  for await (const item of voc.read(root, options)) {
    if (isFailure(item)) failures.push(item);
    else entries.push(item);
  }
  return { entries, failures };
}

const list = (name: string, text: string): string => put(root, `ImageSets/${name}.txt`, text);
const annotation = (...objects: string[]): string => `<annotation><folder>VOC</folder>${objects.join('')}</annotation>`;
const object = (name: string, difficult = 0): string =>
  `<object><name>${name}</name><difficult>${difficult}</difficult><part><name>head</name></part></object>`;

describe('lists', () => {
  it.each([
    ['bare ids', '2007_000032\n2008_000002\n'],
    ['Windows line breaks and no last one', '2007_000032\r\n2008_000002'],
    ['blanks and empty lines', ' 2007_000032 \n\n2008_000002\t\n\n'],
    ['a byte order mark', '\ufeff2007_000032\n2008_000002\n'],
    ['photos', 'JPEGImages/2007_000032.jpg\nJPEGImages/2008_000002.jpg\n'],
    ['pairs with a slash at the front', '/JPEGImages/2007_000032.jpg /SegmentationClassAug/2007_000032.png\n/JPEGImages/2008_000002.jpg /SegmentationClassAug/2008_000002.png\n'], // prettier-ignore
    ['pairs without one', 'JPEGImages/2007_000032.jpg SegmentationClass/2007_000032.png\nJPEGImages/2008_000002.jpg SegmentationClass/2008_000002.png\n'], // prettier-ignore
    ['pairs from another place', 'VOC2012\\JPEGImages\\2007_000032.jpg VOC2012\\SegmentationClass\\2007_000032.png\n/data/VOC2012/JPEGImages/2008_000002.jpg /data/VOC2012/SegmentationClass/2008_000002.png\n'], // prettier-ignore
  ])('may hold %s', async (_, text) => {
    list('Segmentation/train', text);
    for (const id of ['2007_000032', '2008_000002']) put(root, `SegmentationClass/${id}.png`, '');
    const { entries } = await read();
    expect(entries).toEqual(
      ['2007_000032', '2008_000002'].map((id) => ({
        id,
        path: `JPEGImages/${id}.jpg`,
        split: 'train',
        labels: null,
        truth: `SegmentationClass/${id}.png`,
      })),
    );
  });

  it('choose the ground truth where it is; else SegmentationClassAug goes first', async () => {
    list('Segmentation/train', '/JPEGImages/2007_000032.jpg /SegmentationClass/2007_000032.png\n2008_000002\n');
    for (const folder of ['SegmentationClass', 'SegmentationClassAug']) {
      for (const id of ['2007_000032', '2008_000002']) put(root, `${folder}/${id}.png`, '');
    }
    expect((await read()).entries.map(({ truth }) => truth)).toEqual([
      'SegmentationClass/2007_000032.png',
      'SegmentationClassAug/2008_000002.png',
    ]);
  });

  it('never lead out of the dataset', async () => {
    put(root, '../secret.png', '');
    list('Segmentation/train', '2007_000032 ../secret.png\n');
    expect((await read()).entries[0].truth).toBeNull();
  });

  it('of Main are taken where there are none for segmentation', async () => {
    list('Main/val', '2008_000002\n');
    list('Main/train', '2007_000032\n');
    list('Main/cat_train', '2007_000032 -1\n');
    expect((await read()).entries.map(({ id, split }) => [id, split])).toEqual([
      ['2007_000032', 'train'],
      ['2008_000002', 'val'],
    ]);
  });

  it('count an id that is repeated a hundred thousand times, in one line', async () => {
    list('Segmentation/train', '2007_000032\n'.repeat(100_000));
    const { entries, failures } = await read();
    expect(entries).toHaveLength(1);
    expect(failures.filter(({ code }) => code === 'id-duplicate')).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('(and 99998 times more)'), action: 'kept in split train' }), // prettier-ignore
    ]);
  });

  it('must be UTF-8', async () => {
    put(root, 'ImageSets/Segmentation/train.txt', Buffer.from('h\xfcnd\n', 'latin1'));
    await expect(read()).rejects.toMatchObject({ code: 'file-damaged', message: expect.stringMatching(/UTF-8/) });
  });
});

describe('labels', () => {
  const labelsOf = async (options?: FormatOptions): Promise<unknown[]> =>
    (await read(options)).entries.map(({ id, labels }) => [id, labels]);

  it('come from Annotations where there is no label file', async () => {
    list('Segmentation/train', '2007_000032\n2008_000002\n');
    put(root, 'Annotations/2007_000032.xml', annotation(object('person'), object('aeroplane'), object('person')));
    put(root, 'Annotations/2008_000002.xml', annotation(object('cat', 1), object('dog')));
    put(root, 'Annotations/9999_000001.xml', 'not looked at');
    expect(await labelsOf()).toEqual([
      ['2007_000032', ['aeroplane', 'person']],
      ['2008_000002', ['cat', 'dog']],
    ]);
    expect(await labelsOf({ difficult: false })).toContainEqual(['2008_000002', ['dog']]);
    expect(await voc.classes(root, {})).toHaveLength(20);
    list('Segmentation/train_cls', '2007_000032 4\n2008_000002 5\n');
    expect(await labelsOf()).toContainEqual(['2007_000032', [4]]);
  });

  it("of Annotations name the classes where these are not VOC's", async () => {
    put(root, 'Annotations/2007_000032.xml', annotation(object('zebra'), object('cat')));
    expect(await voc.classes(root, {})).toEqual(['cat', 'zebra']);
    put(root, 'classes.txt', 'zebra\ncat\n');
    expect(await voc.classes(root, {})).toEqual(['zebra', 'cat']);
  });

  it('of an annotation that is damaged are lacking, and the rest goes on', async () => {
    put(root, 'Annotations/2007_000032.xml', '<annotation><object>');
    put(root, 'Annotations/2008_000002.xml', annotation(object('dog')));
    const { entries, failures } = await read();
    expect(entries.map(({ labels }) => labels)).toEqual([[], ['dog']]);
    expect(failures).toMatchObject([{ id: '2007_000032', code: 'file-damaged', action: 'imported without labels' }]);
  });

  it('come from the lists of a class where there is nothing else', async () => {
    list('Main/train', '2007_000032\n2008_000002\n');
    list('Main/cat_train', '2007_000032 -1\n2008_000002  1\n');
    list('Main/dog_train', '2007_000032  0\r\n2008_000002 -1\r\nbroken\r\n');
    expect(await labelsOf()).toEqual([
      ['2007_000032', ['dog']],
      ['2008_000002', ['cat']],
    ]);
    expect(await labelsOf({ difficult: false })).toContainEqual(['2007_000032', []]);
    expect((await read()).failures).toMatchObject([{ code: 'file-damaged', reason: expect.stringMatching(/line 3/) }]);
  });

  it('come from a label file of any kind, names as they are', async () => {
    list('Segmentation/train', '2007_000032\n2008_000002\n');
    const json = put(root, '../labels.json', '{"2007_000032": ["cat"], "JPEGImages/2008_000002.jpg": 3}');
    const csv = put(root, '../labels.csv', 'image,labels\n2007_000032,cat\n2008_000002.jpg,3\n');
    for (const labels of [json, csv]) {
      expect(await labelsOf({ labels })).toEqual([
        ['2007_000032', ['cat']],
        ['2008_000002', [3]],
      ]);
    }
  });
});
