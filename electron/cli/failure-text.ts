import type { Failure } from '../../shared/types.js';
import { printable } from './printable.js';

/** Failures listed in a terminal; the rest stands in the report. */
const SHOWN = 10;

/** Lines of text about what could not be used, the first few one by one; none where there is nothing to say. */
export function failureLines(failures: readonly Failure[], report?: string): string[] {
  if (failures.length === 0) return [];
  const shown = failures
    .slice(0, SHOWN)
    .map(({ file, reason, action }) => `  ${printable(`${file}: ${reason}; ${action}`)}`);
  const hidden = failures.length - shown.length;
  return [
    `${failures.length} ${failures.length === 1 ? 'problem' : 'problems'}:`,
    ...shown,
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...(report ? [`All of them: ${report}`] : []),
  ];
}
