import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Store } from '../../../../../electron/engine/project/store.js';
import { imageQuerySchema, type ImageQuery } from '../../../../../shared/api/images.js';
import type { ImageRecord } from '../../../../../shared/project.js';
import { temporaryFolder } from '../../../../support/folder.js';

let store: Store;
beforeEach(() => {
  store = new Store(join(temporaryFolder(), 'index.sqlite'));
  onTestFinished(() => store.close());
  store.addImages([
    image('a', { classes: [1, 2], truth: 'a.png', width: 9 }),
    image('b', { split: null, classes: [] }),
    image('c', { split: 'val', domain: 'web', classes: [2, 3], height: 1 }),
  ]);
});

const image = (id: string, more: Partial<ImageRecord>): ImageRecord => ({ id, dataset: 0, path: `${id}.jpg`, width: 4, height: 3, split: 'train', domain: 'target', classes: [], truth: null, ...more }); // prettier-ignore
const query = (given: object = {}): ImageQuery => imageQuerySchema.parse(given);

describe('figures about the images of a filter', () => {
  it('count splits, domains, classes and states of review', () => {
    expect(store.figures.statistics(query(), 4)).toEqual({
      images: 3,
      splits: { '': 1, train: 1, val: 1 },
      domains: { target: 2, web: 1 },
      reviews: { unreviewed: 3 },
      classes: [0, 1, 2, 1],
      withTruth: 1,
      unlabelled: 1,
    });
    const narrow = store.figures.statistics(query({ split: 'val' }), 4);
    expect(narrow).toMatchObject({ images: 1, domains: { web: 1 }, classes: [0, 0, 1, 1] });
    expect(store.figures.statistics(query({ text: 'nowhere' }), 1)).toMatchObject({ images: 0, classes: [0] });
  });

  it('say how often classes occur together', () => {
    expect(store.figures.together(query(), 4)).toEqual([[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 2, 1], [0, 0, 1, 1]]); // prettier-ignore
    expect(store.figures.together(query({ split: 'train' }), 3)).toEqual([[0, 0, 0], [0, 1, 1], [0, 1, 1]]); // prettier-ignore
  });

  it('spread a score over bins, whole numbers without gaps', () => {
    const labels = { kind: 'labels', set: null } as const;
    expect(store.figures.histogram(query(), labels, 10)).toEqual({ least: 0, greatest: 2, counts: [1, 0, 2], width: 1, missing: 0 }); // prettier-ignore
    const pixels = { kind: 'pixels', set: null } as const;
    expect(store.figures.histogram(query(), pixels, 4)).toEqual({ least: 4, greatest: 27, counts: [1, 1, 0, 1], width: 6, missing: 0 }); // prettier-ignore
    const miou = { kind: 'miou', set: 'fused' } as const;
    expect(store.figures.histogram(query(), miou, 4)).toEqual({ least: null, greatest: null, counts: [], width: 0, missing: 3 }); // prettier-ignore
    store.scores.replace(miou, 'v1', [['a', 0.25], ['c', 1], ['stranger', 0]]); // prettier-ignore
    expect(store.figures.histogram(query(), miou, 3)).toEqual({ least: 0.25, greatest: 1, counts: [1, 0, 1], width: 0.25, missing: 1 }); // prettier-ignore
    expect(store.figures.histogram(query({ split: 'val' }), miou, 3)).toEqual({ least: 1, greatest: 1, counts: [1], width: 0, missing: 0 }); // prettier-ignore
    expect(store.scores.version(miou)).toBe('v1');
    store.scores.forget(miou);
    expect(store.figures.histogram(query(), miou, 3)).toMatchObject({ least: null, missing: 3 });
  });
});
