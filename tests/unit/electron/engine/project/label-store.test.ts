import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../../../electron/engine/project/database.js';
import { migrations } from '../../../../../electron/engine/project/migrations.js';
import { Store } from '../../../../../electron/engine/project/store.js';
import { pageQuerySchema } from '../../../../../shared/api/images.js';
import type { ImageRecord, LabelConfidence } from '../../../../../shared/project.js';
import { temporaryFolder } from '../../../../support/folder.js';

const image = (id: string, more: Partial<ImageRecord> = {}): ImageRecord => ({
  id,
  dataset: 0,
  path: `${id}.jpg`,
  width: 4,
  height: 3,
  split: null,
  domain: 'web',
  classes: [0],
  truth: null,
  ...more,
});

const images = [
  image('a', { split: 'train', domain: 'target', classes: [0, 1] }),
  image('b'),
  image('c', { classes: [1] }),
  image('d', { split: 'val' }),
];

const trust = (imageId: string, classIndex: number, confidence: number): LabelConfidence => ({
  imageId,
  classIndex,
  confidence,
  probability: confidence,
  agreement: null,
  suggested: null,
});

let store: Store;
beforeEach(() => {
  store = new Store(join(temporaryFolder(), 'index.sqlite'));
  onTestFinished(() => store.close());
  store.addImages(images);
});

const ids = (filter: Parameters<Store['images']>[0]): string => store.images(filter).map(({ id }) => id).join(''); // prettier-ignore

describe('confidences', () => {
  it('come by class, the lowest first, and are replaced a run at a time', () => {
    const full = { ...trust('b', 0, 0.2), agreement: 0.4, suggested: 1 };
    store.labels.replaceConfidences('one', [trust('c', 1, 0.5), trust('a', 0, 0.9), full]);
    store.labels.replaceConfidences('other', [trust('a', 1, 0.1)]);
    expect(store.labels.confidences('one')).toEqual([full, trust('a', 0, 0.9), trust('c', 1, 0.5)]);
    store.labels.replaceConfidences('one', [trust('a', 0, 0.3)]);
    expect(store.labels.confidences('one')).toEqual([trust('a', 0, 0.3)]);
    expect(store.labels.confidences('other')).toHaveLength(1);
    expect(store.labels.confidences('none')).toEqual([]);
  });
});

describe('dropped labels', () => {
  beforeEach(() => {
    store.labels.change([
      { imageId: 'a', classIndex: 0, weight: 0, run: 'one' },
      { imageId: 'b', classIndex: 0, weight: 0, run: 'one' },
      { imageId: 'c', classIndex: 1, weight: 0.5, run: 'one' },
    ]);
  });

  it('are there as the dataset gives them, and gone where kept ones are asked for', () => {
    expect(store.images()).toEqual(images);
    const kept = store.images({ kept: true }).map(({ id, classes }) => [id, classes]);
    expect(kept).toEqual([['a', [1]], ['b', []], ['c', [1]], ['d', [0]]]); // prettier-ignore
    expect([...store.iterateImages({ kept: true })]).toEqual(store.images({ kept: true }));
    expect(ids({ kept: true, labelled: true })).toBe('acd');
    expect(ids({ kept: true, classIndex: 0 })).toBe('d');
    expect(store.countImages({ kept: true, labelled: false })).toBe(1);
  });

  it('are listed, changed and restored', () => {
    expect(store.labels.changes().map(({ imageId, weight }) => [imageId, weight])).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 0.5],
    ]);
    store.labels.change([{ imageId: 'a', classIndex: 0, weight: 0.3, run: 'two' }]);
    expect(store.labels.changes()[0]).toEqual({ imageId: 'a', classIndex: 0, weight: 0.3, run: 'two' });
    store.labels.restore(store.labels.changes());
    expect(store.images({ kept: true })).toEqual(images);
  });

  it('say nothing about a label that the dataset no longer gives', () => {
    store.updateImage({ ...images[1], classes: [2] });
    expect(store.images({ kept: true, ids: ['b'] })[0].classes).toEqual([2]);
  });
});

describe('images of no split', () => {
  it('come along with a split where they are not of the target', () => {
    expect(ids({ split: 'train' })).toBe('a');
    expect(ids({ split: 'train', learnt: true })).toBe('abc');
    expect(ids({ split: 'train', learnt: true, domain: 'web' })).toBe('bc');
  });
});

describe('an index from before there were audits', () => {
  it('is brought up to date with its images', () => {
    const file = join(temporaryFolder(), 'index.sqlite');
    const old = openDatabase(file, migrations.slice(0, 1));
    old.exec(
      "INSERT INTO images VALUES (1, 'x', 'x', 0, 'x.jpg', 4, 3, NULL, 'target', NULL); " +
        'INSERT INTO image_classes VALUES (1, 2);',
    );
    old.close();
    const opened = new Store(file);
    expect(opened.images({ kept: true }).map(({ id, classes }) => [id, classes])).toEqual([['x', [2]]]);
    expect(opened.labels.changes()).toEqual([]);
    opened.close();
  });

  it('gets the figures that are kept of it', () => {
    const file = join(temporaryFolder(), 'index.sqlite');
    const old = openDatabase(file, migrations.slice(0, 3));
    old.exec(
      "INSERT INTO images VALUES (1, 'x', 'x', 0, 'x.jpg', 4, 3, NULL, 'target', NULL); " +
        'INSERT INTO image_classes VALUES (1, 2), (1, 5); ' +
        "INSERT INTO label_confidences VALUES ('first', 1, 2, 0.75, 1, 0.5, NULL), ('first', 1, 5, 0.25, 1, NULL, NULL);",
    );
    old.close();
    const opened = new Store(file);
    const sorted = (sort: string) =>
      opened.browser.page(pageQuerySchema.parse({ sort })).images.map(({ score }) => score);
    expect(['labels', 'confidence/first', 'agreement/first'].map(sorted)).toEqual([[2], [0.25], [0.5]]);
    expect(opened.browser.page(pageQuerySchema.parse({})).images[0]).toMatchObject({ review: 'unreviewed', tags: [] });
    opened.close();
  });
});
