/** How fast a long piece of work goes, for progress lines. */
export interface Pace {
  /**
   * Call whenever some units are finished: units a second lately, and the seconds left until `total`. Empty until there
   * is something to measure.
   */
  tick(done: number, total: number): { rate?: number; secondsLeft?: number };
}

/** Ticks whose times count: enough to even out single slow ones, few enough to follow a change. */
const WINDOW = 20;

/**
 * @param from units that were done before
 * @param now clock in milliseconds
 */
export function startPace(from = 0, now: () => number = () => performance.now()): Pace {
  const ticks = [{ done: from, time: now() }];
  return {
    tick(done, total) {
      ticks.push({ done, time: now() });
      if (ticks.length > WINDOW + 1) ticks.shift();
      const [first, last] = [ticks[0], ticks[ticks.length - 1]];
      const rate = (last.done - first.done) / ((last.time - first.time) / 1000);
      return Number.isFinite(rate) && rate > 0 ? { rate, secondsLeft: (total - done) / rate } : {};
    },
  };
}
