/** Two classes that occur together. */
export interface Pair {
  a: number;
  b: number;
  images: number;
  /** Images of both by those of the rarer class, 0..1. */
  share: number;
}

/** Share of two classes: images of both by those of the rarer one; 0 where one does not occur. */
export function shareOf(together: readonly (readonly number[])[], a: number, b: number): number {
  const rarer = Math.min(together[a][a], together[b][b]);
  return rarer > 0 ? together[a][b] / rarer : 0;
}

/** The pairs of classes that occur together most often, by images. */
export function frequentPairs(together: readonly (readonly number[])[], most: number): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < together.length; a++) {
    for (let b = a + 1; b < together.length; b++) {
      const images = together[a][b];
      if (images > 0) pairs.push({ a, b, images, share: shareOf(together, a, b) });
    }
  }
  return pairs.sort((one, other) => other.images - one.images).slice(0, most);
}
