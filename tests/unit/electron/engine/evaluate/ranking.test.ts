import { describe, expect, it } from 'vitest';
import { rankChanges, rankImages } from '../../../../../electron/engine/evaluate/ranking.js';
import type { ImageScore } from '../../../../../shared/evaluation.js';

const score = (id: string, pairs: number[], errors: number[] = []): ImageScore => ({
  id,
  mIoU: 0.5,
  pixelAccuracy: 0.5,
  missed: 0,
  invented: 0,
  confused: 0,
  undecided: 0,
  pairs,
  errors,
});

/** True label, given label, pixels; label, place of the kind, pixels. */
const scores = [
  score('a', [0, 0, 90, 1, 2, 10], [1, 2, 10]),
  score('b', [0, 0, 50, 1, 2, 30, 2, 0, 20], [1, 2, 30, 2, 0, 20]),
  score('c', [1, 1, 80, 2, 0, 20], [2, 0, 20]),
  score('d', [0, 0, 99]),
];
const ranked = (ranking: Parameters<typeof rankImages>[1]) =>
  rankImages(scores, ranking).map(({ score: { id }, pixels }) => [id, pixels]);

describe('images of an evaluation', () => {
  it('come as they are, which is worst first', () => {
    expect(ranked({}).map(([id]) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are ranked by pixels of a pair, those without it left out', () => {
    expect(ranked({ pair: { truth: 1, given: 2 } })).toEqual([['b', 30], ['a', 10]]); // prettier-ignore
    expect(ranked({ pair: { truth: 2, given: 1 } })).toEqual([]);
  });

  it('are ranked by a kind of error, of any label or of one', () => {
    expect(ranked({ kind: 'missed-object' })).toEqual([['b', 20], ['c', 20]]); // prettier-ignore
    expect(ranked({ kind: 'wrong-class', label: 1 })).toEqual([['b', 30], ['a', 10]]); // prettier-ignore
    expect(ranked({ kind: 'wrong-class', label: 2 })).toEqual([]);
  });

  it('are ranked by what is wrong about a label, true or given', () => {
    expect(ranked({ label: 2 })).toEqual([['b', 50], ['c', 20], ['a', 10]]); // prettier-ignore
  });

  it('are ranked by what became worse or better, those that stayed left out', () => {
    const changes = [['a', -0.1], ['b', 0.2], ['c', -0.3], ['d', 0]] as const; // prettier-ignore
    const of = changes.map(([id, change]) => ({ id, change, before: 0, after: 0, classes: [] }));
    const ids = (to: 'worse' | 'better') =>
      rankChanges(scores, of, to).map(({ score: { id }, change }) => [id, change]);
    expect(ids('worse')).toEqual([['c', -0.3], ['a', -0.1]]); // prettier-ignore
    expect(ids('better')).toEqual([['b', 0.2]]);
  });
});
