import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { databaseError, openDatabase, pragma } from '../../../../../electron/engine/project/database.js';
import { Store } from '../../../../../electron/engine/project/store.js';
import type { ImageRecord } from '../../../../../shared/project.js';
import { temporaryFolder } from '../../../../support/folder.js';

let file: string;
let store: Store;
beforeEach(() => {
  file = join(temporaryFolder(), 'index.sqlite');
  store = new Store(file);
  onTestFinished(() => store.close());
});

const image = (id: string, more: Partial<ImageRecord> = {}): ImageRecord => ({
  id,
  dataset: 0,
  path: `${id}.jpg`,
  width: 4,
  height: 3,
  split: 'train',
  domain: 'target',
  classes: [0],
  truth: null,
  ...more,
});

describe('images', () => {
  const a = image('a', { classes: [1, 2], truth: 'a.png' });
  const b = image('b', { split: null, classes: [] });
  const c = image('c', { split: 'val', domain: 'web', classes: [2, 10] });
  beforeEach(() => store.addImages([c, a, b]));

  it('come back as they were put in, ordered by id', () => {
    expect(store.images()).toEqual([a, b, c]);
    expect(store.image('a')).toEqual(a);
    expect(store.image('A')).toBeNull();
    expect(store.imagesLike(['A', 'c', 'none'])).toEqual(new Map([['a', a], ['c', c]])); // prettier-ignore
  });

  it.each([
    [{ split: 'train' }, 'a'],
    [{ split: null }, 'b'],
    [{ domain: 'web' }, 'c'],
    [{ classIndex: 2 }, 'ac'],
    [{ classIndex: 2, split: 'val' }, 'c'],
    [{ ids: ['c', 'a', 'none'] }, 'ac'],
    [{ ids: [] }, ''],
    [{ labelled: true }, 'ac'],
    [{ labelled: false }, 'b'],
    [{ withTruth: true }, 'a'],
    [{ withTruth: false }, 'bc'],
    [{ split: 'train', learnt: true }, 'a'],
    [{ limit: 2 }, 'ab'],
    [{ limit: 1, offset: 1 }, 'b'],
    [{ offset: 2 }, 'c'],
  ] as const)('pass the filter %j as %j', (filter, ids) => {
    expect(store.images(filter).map(({ id }) => id).join('')).toBe(ids); // prettier-ignore
    expect([...store.iterateImages(filter)]).toEqual(store.images(filter));
    const { limit: _limit, offset: _offset, ...where } = { limit: 0, offset: 0, ...filter };
    expect(store.countImages(filter)).toBe(store.images(where).length);
  });

  it('are iterated over more than one page', () => {
    store.addImages(Array.from({ length: 1203 }, (_, i) => image(`n${String(i).padStart(5, '0')}`)));
    expect([...store.iterateImages()]).toEqual(store.images());
    expect([...store.iterateImages({ limit: 700, offset: 400 })]).toEqual(store.images({ limit: 700, offset: 400 }));
  });

  it('are counted for the overview', () => {
    expect(store.counts()).toEqual({
      images: 3,
      bySplit: { '': 1, train: 1, val: 1 },
      byDomain: { target: 2, web: 1 },
      byClass: { 1: 1, 2: 2, 10: 1 },
      withTruth: 1,
      unlabelled: 1,
    });
  });

  it('change split, labels and ground truth', () => {
    store.updateImage({ ...b, classes: [3], truth: 'b.png' });
    expect(store.image('b')).toEqual({ ...b, classes: [3], truth: 'b.png' });
  });

  it('go in all or none', () => {
    expect(() => store.addImages([image('d'), image('A')])).toThrow();
    expect(store.countImages()).toBe(3);
  });
});

describe('failures', () => {
  const failure = { file: 'x.jpg', code: 'file-damaged', reason: 'cut short', action: 'skipped' } as const;

  it('of a dataset are replaced by those of its next import', () => {
    store.replaceFailures(0, [failure, { ...failure, id: 'y' }]);
    store.replaceFailures(1, [{ ...failure, file: 'z' }]);
    store.replaceFailures(0, [failure]);
    expect(store.failures()).toEqual([
      { ...failure, id: undefined },
      { ...failure, id: undefined, file: 'z' },
    ]);
  });
});

describe('reference sets', () => {
  it('belong to a class, or to one image and class, and keep their order', () => {
    store.setReferences({ classIndex: 1 }, ['c', 'a']);
    store.setReferences({ classIndex: 1, imageId: 'a' }, ['b']);
    expect(store.references({ classIndex: 1 })).toEqual(['c', 'a']);
    expect(store.references({ classIndex: 1, imageId: 'a' })).toEqual(['b']);
    expect(store.references({ classIndex: 2 })).toEqual([]);
    expect(store.referenceScopes()).toEqual([{ classIndex: 1 }, { classIndex: 1, imageId: 'a' }]);
    store.setReferences({ classIndex: 1 }, []);
    expect(store.references({ classIndex: 1 })).toEqual([]);
  });
});

describe('lineage', () => {
  it('remembers what a thing was made from, the latest of a name', () => {
    const maps = {
      kind: 'maps',
      name: 'm',
      parents: [{ kind: 'run', name: 'r' }],
      settings: { mode: 'multi' },
    } as const;
    store.recordArtifact({ ...maps, parents: [], settings: {} });
    store.recordArtifact({ ...maps, parents: [...maps.parents] });
    expect(store.artifact('maps', 'm')).toMatchObject(maps);
    expect(store.artifact('masks', 'm')).toBeNull();
    expect(store.artifacts()).toHaveLength(1);
  });
});

describe('the file', () => {
  it('can be read while another process writes', () => {
    const other = new Database(file, { timeout: 0 });
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(store.countImages()).toBe(0);
    other.exec('ROLLBACK');
  });

  it.each([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_CORRUPT', 'project-damaged'],
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_READONLY', 'not-writable'],
  ])('that fails with %s is %s to a person', (code, expected) => {
    const error = Object.assign(new Error('as SQLite puts it'), { code });
    expect(databaseError(error, file)).toMatchObject({ code: expected, file, remedy: expect.any(String) });
  });

  it('of a later version is refused and left alone', () => {
    const other = new Database(file);
    other.exec('PRAGMA user_version = 99');
    other.close();
    expect(() => new Store(file)).toThrow(expect.objectContaining({ code: 'project-newer' }));
  });

  it('that is no database is called damaged', () => {
    const broken = join(temporaryFolder(), 'index.sqlite');
    writeFileSync(broken, 'no database at all, but long enough to be looked at. '.repeat(40));
    expect(() => new Store(broken)).toThrow(expect.objectContaining({ code: 'project-damaged' }));
  });
});

describe('migrations', () => {
  const first = 'CREATE TABLE t (a); INSERT INTO t VALUES (1);';

  it('run in order, once, with a copy of what was there before', () => {
    const path = join(temporaryFolder(), 'f.sqlite');
    openDatabase(path, [first]).close();
    expect(existsSync(`${path}.v0.bak`)).toBe(false);
    const database = openDatabase(path, [first, 'UPDATE t SET a = a + 1;', 'UPDATE t SET a = a * 10;']);
    expect(database.prepare('SELECT a FROM t').all()).toEqual([{ a: 20 }]);
    expect(pragma(database, 'user_version')).toBe(3);
    database.close();
    const copy = openDatabase(`${path}.v1.bak`, [first]);
    expect(copy.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    copy.close();
  });

  it('that fail leave the file as it was', () => {
    const path = join(temporaryFolder(), 'f.sqlite');
    openDatabase(path, [first]).close();
    expect(() => openDatabase(path, [first, 'UPDATE t SET a = 5;', 'nonsense'])).toThrow();
    const database = openDatabase(path, [first]);
    expect(database.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    database.close();
    expect(readdirSync(join(path, '..'))).not.toContain('f.sqlite.v1.bak.tmp');
  });
});
