import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pageQuerySchema, type PageQuery } from '../../../../../shared/api/images.js';
import type { ImageRecord } from '../../../../../shared/project.js';
import { Store } from '../../../../../electron/engine/project/store.js';
import { temporaryFolder } from '../../../../support/folder.js';

let store: Store;
beforeEach(() => {
  store = new Store(join(temporaryFolder(), 'index.sqlite'));
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
const a = image('dir/a', { classes: [1, 2], truth: 'a.png', width: 9 });
const b = image('b%_B', { split: null, classes: [] });
const c = image('c', { split: 'val', domain: 'web', classes: [2, 3], height: 1 });

const query = (given: object = {}): PageQuery => pageQuerySchema.parse(given);
const idsOf = (given: object): string[] => store.browser.page(query(given)).images.map(({ id }) => id);

describe('a page of images', () => {
  beforeEach(() => store.addImages([c, a, b]));

  it.each([
    [{}, ['b%_B', 'c', 'dir/a']],
    [{ classes: ['1', '3'] }, ['c', 'dir/a']],
    [{ classes: '2' }, ['c', 'dir/a']],
    [{ classes: [2, 3, 3], match: 'all' }, ['c']],
    [{ without: [1] }, ['b%_B', 'c']],
    [{ classes: [2], without: [1] }, ['c']],
    [{ scores: 'labels>=1' }, ['c', 'dir/a']],
    [{ scores: ['labels>=1', 'pixels<12'] }, ['c']],
    [{ scores: 'labels=0' }, ['b%_B']],
    [{ scores: 'confidence/first<1' }, []],
    [{ review: 'reviewed' }, []],
    [{ review: ['reviewed', 'unreviewed'] }, ['b%_B', 'c', 'dir/a']],
    [{ tags: 'blurry' }, []],
    [{ untagged: 'blurry' }, ['b%_B', 'c', 'dir/a']],
    [{ split: 'train' }, ['dir/a']],
    [{ split: '' }, ['b%_B']],
    [{ domain: 'web' }, ['c']],
    [{ labelled: 'false' }, ['b%_B']],
    [{ truth: 'true' }, ['dir/a']],
    [{ text: '%_b' }, ['b%_B']],
    [{ text: 'R/A' }, ['dir/a']],
    [{ text: '_' }, ['b%_B']],
    [{ sort: 'added' }, ['c', 'dir/a', 'b%_B']],
    [{ sort: 'pixels', order: 'descending' }, ['dir/a', 'b%_B', 'c']],
    [{ sort: 'labels' }, ['b%_B', 'c', 'dir/a']],
    [{ limit: '1', offset: '1' }, ['c']],
  ])('for %j is %j', (given, ids) => {
    expect(idsOf(given)).toEqual(ids);
    expect(store.browser.count(query(given))).toBe('limit' in given ? 3 : ids.length);
  });

  it('narrows by the masks that are known', () => {
    store.maskFiles.replaceFolder('fused', '', 1, ['c', 'stranger']);
    expect(idsOf({ masks: 'fused' })).toEqual(['c']);
    expect(idsOf({ masks: 'fused', masked: 'false' })).toEqual(['b%_B', 'dir/a']);
    expect(store.maskFiles.setsOf('c')).toEqual(['fused']);
    store.maskFiles.replaceFolder('fused', '', 2, []);
    expect(idsOf({ masks: 'fused' })).toEqual([]);
  });

  it.each(['', 'bm90IGpzb24', Buffer.from('[null, {}]').toString('base64url')])('refuses the cursor %j', (after) => {
    expect(() => store.browser.page(query({ after }))).toThrow('no place to go on from');
  });
});

it('page after page gives every image once, whatever the sort (seed 11)', () => {
  const sizes = fc.array(fc.record({ width: fc.integer({ min: 1, max: 3 }), classes: fc.subarray([0, 1, 2]) }), {
    minLength: 1,
    maxLength: 30,
  });
  const sorts = fc.record({
    sort: fc.constantFrom('id', 'added', 'pixels', 'labels'),
    order: fc.constantFrom('ascending', 'descending'),
    limit: fc.integer({ min: 1, max: 7 }),
  });
  let round = 0;
  fc.assert(
    fc.property(sizes, sorts, (images, asked) => {
      const prefix = `r${round++}-`;
      store.addImages(images.map((more, i) => image(`${prefix}${i}`, more)));
      const whole = idsOf({ ...asked, text: prefix, limit: 100 });
      const found: string[] = [];
      for (let after: string | undefined; ;) {
        const page = store.browser.page(query({ ...asked, text: prefix, after }));
        found.push(...page.images.map(({ id }) => id));
        if (page.next === null) break;
        after = page.next;
      }
      expect(found).toEqual(whole);
      expect(found).toHaveLength(images.length);
    }),
    { seed: 11, numRuns: 30 },
  );
});
