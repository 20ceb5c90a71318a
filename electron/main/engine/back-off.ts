/** Milliseconds before the first restart; each further death doubles it. */
const FIRST_DELAY = 250;
/** Milliseconds after which a death no longer counts. */
const MEMORY = 120_000;
/** Deaths within that time after which restarting helps nobody. */
const MOST_DEATHS = 5;

/**
 * Milliseconds to wait before the engine is started again, or null where it should not be.
 *
 * @param deaths times of its deaths in milliseconds, the latest last
 */
export function restartDelay(deaths: readonly number[], now: number): number | null {
  const recent = deaths.filter((time) => now - time < MEMORY).length;
  if (recent > MOST_DEATHS) return null;
  return FIRST_DELAY * 2 ** Math.max(0, recent - 1);
}
