import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRuns } from '../../../../../electron/engine/images/rle-pack.js';
import { unpackRuns } from '../../../../support/rle-pack.js';

describe('packed runs', () => {
  it('have the bits that the format says', () => {
    // Two pixels of RGBA, the second one inside: 8 bytes; words of 8 bits; lengths of 3, 4, 8 or 16 bits; two runs of 4.
    const bits = [
      '00000000000000000000000000001000',
      '00111',
      '0010001101111111',
      '1' + '00' + '011' + '00000000',
      '1' + '00' + '011' + '11111111',
    ].join('');
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, '0'), 2));
    expect([...packRuns([1, 1], { repeat: 4 })]).toEqual(bytes);
  });

  it('come back as they were, however long', () => {
    const count = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(256, 257, 65_536, 65_537, 131_073));
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.array(count, { maxLength: 4 }), (first, rest) => {
        const counts = [first, ...rest];
        const expected = counts.flatMap((length, place) => new Array<number>(length).fill(place % 2 === 1 ? 7 : 0));
        expect(unpackRuns(packRuns(counts, { inside: 7 }))).toEqual(expected);
      }),
      { seed: 24, numRuns: 25 },
    );
  });
});
