import seedrandom from 'seedrandom';

/** A seeded stream of random choices; the same seed gives the same choices on every machine. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Whole number, uniform in from..to, both included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Standard normal (Box-Muller). */
  normal(): number;
}

export function randomSource(seed: string): RandomSource {
  const unit = seedrandom(seed);
  const between = (from: number, to: number): number => from + (to - from) * unit();
  const whole = (from: number, to: number): number => from + Math.floor(unit() * (to - from + 1));
  return {
    unit: () => unit(),
    between,
    whole,
    chance: (probability) => unit() < probability,
    pick: (items) => items[whole(0, items.length - 1)],
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}
