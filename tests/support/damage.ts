import fc from 'fast-check';

/** Copies of a file that are cut short, have bytes changed, or both; never the file itself unless by chance. */
export const damagedCopies = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: fc.constant(whole.length) }, fc.nat(whole.length)),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 4 }),
    )
    .map(([length, changes]) => {
      const copy = Uint8Array.from(whole);
      for (const [at, by] of changes) copy[at] ^= by;
      return copy.subarray(0, length);
    });
