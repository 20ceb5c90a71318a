import { describe, expect, it } from 'vitest';
import { FailureList } from '../../../../../electron/engine/project/failure-list.js';
import type { Failure } from '../../../../../shared/types.js';

const failure = (code: Failure['code'], n: number): Failure => ({
  file: `${n}.jpg`,
  code,
  reason: 'why',
  action: 'skipped',
});

describe('a list of failures', () => {
  it('keeps the first of each kind and counts the rest', () => {
    const list = new FailureList(3);
    for (let n = 0; n < 10; n++) list.add(failure('file-damaged', n));
    list.add(failure('label-missing', 11));
    const all = list.all('/photos');
    expect(all.map(({ file }) => file)).toEqual(['0.jpg', '1.jpg', '2.jpg', '11.jpg', '/photos']);
    expect(all.at(-1)).toMatchObject({ code: 'file-damaged', reason: '7 more of the kind file-damaged' });
  });

  it('is all there is where there are few', () => {
    const list = new FailureList(3);
    list.add(failure('file-damaged', 1));
    expect(list.all('/photos')).toEqual([failure('file-damaged', 1)]);
  });
});
