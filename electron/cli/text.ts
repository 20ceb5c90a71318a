import type { Failure } from '../../shared/types.js';

/** Failures shown on a terminal; --json has all of them. */
const SHOWN = 8;

/** `1 mask`, `2 masks`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `a, b, c and 4 more`. */
export function someOf(names: readonly string[], shown = SHOWN): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** What could not be used, one a line, the first few. */
export function failureLines(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const rest = failures.length - SHOWN;
  return [
    `${plural(failures.length, 'image')} failed:`,
    ...failures.slice(0, SHOWN).map(({ file, reason, action }) => `  ${file}: ${reason} (${action})`),
    ...(rest > 0 ? [`  and ${rest} more; --json lists them all`] : []),
  ];
}
