/** Milliseconds without an accepted image after which the person has been away. */
export const IDLE = 5 * 60_000;

const HOUR = 3_600_000;

/**
 * Images that a person accepts in an hour of work; null before the second one.
 *
 * @param times when each was accepted, in milliseconds, rising. What lies between two that are more than IDLE apart is no
 *   work, and the image behind it, of which nobody knows how long it took, does not count.
 */
export function imagesAnHour(times: readonly number[]): number | null {
  let [images, worked] = [0, 0];
  for (let k = 1; k < times.length; k++) {
    const gap = times[k] - times[k - 1];
    if (gap > IDLE) continue;
    images++;
    worked += gap;
  }
  return worked > 0 ? (images * HOUR) / worked : null;
}
