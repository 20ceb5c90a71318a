import { describe, expect, it } from 'vitest';
import { MOST_UNANSWERED, withSent } from '../../../../renderer/saving/mask-in-hand.js';

const labels = (value: number): Uint8Array => Uint8Array.of(value);

describe('labels that were sent without an answer', () => {
  it('are known once, however often they were sent', () => {
    let known: readonly Uint8Array[] = [];
    for (const value of [1, 2, 2, 1, 2]) known = withSent(known, labels(value));
    expect(known).toEqual([labels(1), labels(2)]);
  });

  it('are the first ones and the latest where there are many', () => {
    let known: readonly Uint8Array[] = [];
    for (let value = 0; value < 40; value++) known = withSent(known, labels(value));
    expect(known).toHaveLength(MOST_UNANSWERED);
    expect([known[0], known[1], known.at(-1)]).toEqual([labels(0), labels(40 - MOST_UNANSWERED + 1), labels(39)]);
  });
});
