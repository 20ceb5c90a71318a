/** Names shown on a terminal; --json has all of them. */
const SHOWN = 8;

/** `1 mask`, `2 masks`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `a, b, c and 4 more`. */
export function someOf(names: readonly string[], shown = SHOWN): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `4.6 MB`, `553 MB`. */
export function megabytes(bytes: number): string {
  const count = bytes / 1e6;
  return `${count < 100 ? count.toFixed(1) : Math.round(count)} MB`;
}
