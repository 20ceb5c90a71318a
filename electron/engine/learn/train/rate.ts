/** Share of the newest measurement in the mean: steady, yet a change of pace shows within some ten steps. */
const NEWEST = 0.2;

/** Pace of a piece of work and the time it still takes. */
export interface RateMeter {
  /** Notes that `count` units were finished since the last call; returns units a second, lately. */
  add(count: number): number;
}

/** @param now clock in milliseconds */
export function rateMeter(now: () => number = Date.now): RateMeter {
  let last = now();
  let secondsEach: number | undefined;
  return {
    add(count) {
      const time = now();
      const measured = Math.max(time - last, 0.1) / 1000 / count;
      last = time;
      secondsEach = secondsEach === undefined ? measured : secondsEach + NEWEST * (measured - secondsEach);
      return 1 / secondsEach;
    },
  };
}
