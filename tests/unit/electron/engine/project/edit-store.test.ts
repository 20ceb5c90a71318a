import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../../../electron/engine/project/database.js';
import { migrations } from '../../../../../electron/engine/project/migrations.js';
import { Store } from '../../../../../electron/engine/project/store.js';
import { imageChangeSchema, selectionSchema, type ImageChange } from '../../../../../shared/api/edits.js';
import { pageQuerySchema } from '../../../../../shared/api/images.js';
import { reviewStates } from '../../../../../shared/dataset/review.js';
import type { ImageRecord } from '../../../../../shared/project.js';
import { temporaryFolder } from '../../../../support/folder.js';

let file: string;
let store: Store;
beforeEach(() => {
  file = join(temporaryFolder(), 'index.sqlite');
  store = new Store(file);
  onTestFinished(() => store.close());
});

const image = (id: string, classes: number[]): ImageRecord => ({ id, dataset: 0, path: `${id}.jpg`, width: 4, height: 3, split: 'train', domain: 'target', classes, truth: null }); // prettier-ignore
const ids = ['a', 'b', 'c', 'd'];

const apply = (selected: object, change: Partial<ImageChange>) =>
  store.edits.apply(selectionSchema.parse(selected), imageChangeSchema.parse(change));
/** Everything of the images that an edit can change, and what is counted of it. */
const state = () => ({
  images: store.browser.page(pageQuerySchema.parse({})).images.map(({ id, classes, tags, review }) => ({ id, classes, tags, review })), // prettier-ignore
  kept: store.images({ kept: true }).map(({ classes }) => classes),
  given: [...store.imagesLike(ids).values()].map(({ id, classes }) => [id, classes]).sort(),
  byHand: ids.map((id) => store.edits.labels(id)),
  counted: store.browser.page(pageQuerySchema.parse({ sort: 'labels' })).images.map(({ id, score }) => [id, score]),
  statistics: store.figures.statistics(pageQuerySchema.parse({}), 4),
});

describe('an edit', () => {
  beforeEach(() => store.addImages([image('a', [0]), image('b', [0, 1]), image('c', []), image('d', [2])]));

  it('changes only what is another way, and says how many images that is', () => {
    const edit = apply({ ids: ['a', 'b', 'nowhere'] }, { addClasses: [1], addTags: ['blurry'], review: 'reviewed' });
    expect(edit).toMatchObject({ images: 2, change: { addClasses: [1], review: 'reviewed' } });
    expect(apply({ ids: ['a'] }, { addClasses: [1], review: 'reviewed' })).toBeNull();
    expect(state().images.slice(0, 2)).toEqual([
      { id: 'a', classes: [0, 1], tags: ['blurry'], review: 'reviewed' },
      { id: 'b', classes: [0, 1], tags: ['blurry'], review: 'reviewed' },
    ]);
    expect(store.edits.tags()).toEqual([{ name: 'blurry', images: 2 }]);
    expect(store.edits.labels('b')).toEqual([]);
  });

  it('of all that a query finds leaves exceptions out', () => {
    apply({ query: { classes: [0] }, except: ['b'] }, { removeClasses: [0] });
    expect(state().images.map(({ classes }) => classes)).toEqual([[], [0, 1], [], [2]]);
  });

  it('is narrowed, sorted and counted by at once', () => {
    apply({ ids: ['c'] }, { addClasses: [0, 1, 2], addTags: ['night'], review: 'needs-work' });
    const found = (query: object) => store.browser.page(pageQuerySchema.parse(query)).images.map(({ id }) => id);
    expect(found({ review: ['needs-work', 'reviewed'] })).toEqual(['c']);
    expect(found({ tags: ['night'] })).toEqual(['c']);
    expect(found({ untagged: ['night'] })).toEqual(['a', 'b', 'd']);
    expect(found({ scores: ['labels>=2'], sort: 'labels', order: 'descending' })).toEqual(['c', 'b']);
    expect(store.figures.statistics(pageQuerySchema.parse({}), 3)).toMatchObject({
      classes: [3, 2, 2],
      reviews: { unreviewed: 3, 'needs-work': 1 },
      unlabelled: 0,
    });
  });

  it('stands before what an audit has dropped, and before its doubts', () => {
    const trust = (imageId: string, classIndex: number, confidence: number) => ({ imageId, classIndex, confidence, probability: 1, agreement: null, suggested: null }); // prettier-ignore
    store.labels.replaceConfidences('first', [trust('a', 0, 0.1), trust('b', 0, 0.2), trust('b', 1, 0.9)]);
    store.labels.change([{ imageId: 'a', classIndex: 0, weight: 0, run: 'first' }]);
    expect(store.images({ kept: true })[0].classes).toEqual([]);
    apply({ ids: ['a'] }, { addClasses: [0] });
    expect(store.images({ kept: true })[0].classes).toEqual([0]);
    expect([store.labels.changes(), store.labels.changeCounts()]).toEqual([[], { dropped: 0, weighted: 0 }]);
    store.edits.undo();
    expect(store.labels.changeCounts()).toEqual({ dropped: 1, weighted: 0 });

    const query = pageQuerySchema.parse({ sort: 'confidence/first' });
    const doubts = () => store.browser.page(query).images.map(({ id, score }) => [id, score]);
    expect(doubts()).toEqual([['a', 0.1], ['b', 0.2], ['c', null], ['d', null]]); // prettier-ignore
    apply({ ids: ['b'] }, { removeClasses: [0] });
    expect(doubts()).toEqual([['a', 0.1], ['b', 0.9], ['c', null], ['d', null]]); // prettier-ignore
  });

  it('of a label survives that its dataset is imported again', () => {
    apply({ ids: ['a', 'c'] }, { addClasses: [3], removeClasses: [0] });
    store.updateImage(image('a', [0, 1]));
    store.updateImage(image('c', [3]));
    expect(state().images.map(({ classes }) => classes)).toEqual([[1, 3], [0, 1], [3], [2]]);
    expect(store.imagesLike(['a']).get('a')?.classes).toEqual([0, 1]);
    store.edits.undo();
    expect(state().images.map(({ classes }) => classes)).toEqual([[0, 1], [0, 1], [3], [2]]);
  });

  it('can be taken back and done again after a restart, until another is made', () => {
    apply({ ids }, { addTags: ['one'] });
    apply({ ids }, { addTags: ['two'] });
    store.close();
    store = new Store(file);
    onTestFinished(() => store.close());
    expect(store.edits.undo()).toMatchObject({ change: { addTags: ['two'] }, images: 4 });
    expect(store.edits.next()).toMatchObject({ undo: { change: { addTags: ['one'] } }, redo: { change: { addTags: ['two'] } } }); // prettier-ignore
    expect(store.edits.tags()).toEqual([{ name: 'one', images: 4 }]);
    expect(store.edits.redo()).toMatchObject({ change: { addTags: ['two'] } });
    store.edits.undo();
    apply({ ids: ['a'] }, { review: 'reviewed' });
    expect([store.edits.redo(), store.edits.next().redo]).toEqual([null, null]);
  });

  it('that cannot be read any more is none', () => {
    apply({ ids: ['a'] }, { review: 'reviewed' });
    const other = openDatabase(file, migrations);
    other.exec("UPDATE edits SET change = '{'; INSERT INTO views VALUES ('broken', '{', 0), ('odd', '[]', 0)");
    other.close();
    expect([store.edits.undo(), store.views.list(), state().images[0].review]).toEqual([null, [], 'reviewed']);
  });

  it('is one of the hundred latest that can be taken back', () => {
    for (let i = 0; i < 105; i++) apply({ ids: ['a'] }, { review: i % 2 ? 'reviewed' : 'needs-work' });
    let taken = 0;
    while (store.edits.undo()) taken++;
    expect(taken).toBe(100);
    expect(state().images[0].review).toBe('needs-work');
  });

  it('is refused where it says two things, and leaves nothing behind where it fails', () => {
    for (const change of [
      { addClasses: [1], removeClasses: [1] },
      { addTags: ['a '], removeTags: ['a'] },
      { addTags: ['x'.repeat(61)] },
      { addTags: ['  '] },
      { addTags: ['a\u0000b'] },
      { review: 'fine' },
      { colour: 'red' },
    ]) {
      expect(imageChangeSchema.safeParse(change).success, JSON.stringify(change)).toBe(false);
    }
    const before = state();
    expect(() =>
      store.transaction(() => {
        apply({ ids }, { addClasses: [1], addTags: ['t'] });
        throw new Error('a crash');
      }),
    ).toThrow('a crash');
    expect([state(), store.edits.next()]).toEqual([before, { undo: null, redo: null }]);
  });
});

it('edits taken back come to what was before, done again to what was after (seed 17)', () => {
  const some = fc.subarray([0, 1, 2, 3]);
  const change = fc
    .record({
      addClasses: some,
      removeClasses: some,
      addTags: fc.subarray(['one', 'two']),
      review: fc.constantFrom(undefined, ...reviewStates),
    })
    .map(({ removeClasses, ...rest }) => ({ ...rest, removeClasses: removeClasses.filter((one) => !rest.addClasses.includes(one)) })); // prettier-ignore
  const step = fc.record({ change, ids: fc.subarray(ids) });
  store.addImages([image('a', [0]), image('b', [0, 1]), image('c', []), image('d', [2])]);
  store.labels.change([{ imageId: 'b', classIndex: 1, weight: 0, run: 'first' }]);
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const states = [state()];
      for (const { change, ids } of steps) if (apply({ ids }, change)) states.push(state());
      for (const before of states.slice(0, -1).reverse()) {
        expect(store.edits.undo()).not.toBeNull();
        expect(state()).toEqual(before);
      }
      for (const after of states.slice(1)) {
        store.edits.redo();
        expect(state()).toEqual(after);
      }
      for (let i = 1; i < states.length; i++) store.edits.undo();
    }),
    { seed: 17, numRuns: 40 },
  );
});
