/** How fast a long piece of work goes, for progress lines. */
export interface Pace {
  /** Call after each unit: units a second lately, and seconds left until `total`. Empty until there is something to measure. */
  tick(done: number, total: number): { rate?: number; secondsLeft?: number };
}

/** Units whose times count: enough to even out single slow ones, few enough to follow a change. */
const WINDOW = 20;

/** `now` gives milliseconds. */
export function startPace(now: () => number = () => performance.now()): Pace {
  const times = [now()];
  return {
    tick(done, total) {
      times.push(now());
      if (times.length > WINDOW + 1) times.shift();
      const seconds = (times[times.length - 1] - times[0]) / 1000;
      if (seconds <= 0) return {};
      const rate = (times.length - 1) / seconds;
      return { rate, secondsLeft: (total - done) / rate };
    },
  };
}
