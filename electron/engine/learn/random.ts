import seedrandom from 'seedrandom';

export type Random = () => number;

/**
 * A stream of uniform numbers in [0,1) for one purpose, e.g. `random(seed, 'augment', epoch, step, slot)`.
 *
 * Every use has a stream of its own, named by what it is for and where training is. So nothing has to be stored to go
 * on exactly where a training stopped, and a new random choice does not shift the ones after it.
 */
export function random(seed: number, ...purpose: readonly (string | number)[]): Random {
  return seedrandom.alea([seed, ...purpose].join(':'));
}

/** A whole number in [0, count). */
export const randomIndex = (rng: Random, count: number): number => Math.floor(rng() * count);

/** The items in random order (Fisher and Yates); the list given stays as it is. */
export function shuffled<T>(items: readonly T[], rng: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = randomIndex(rng, i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
