import type { Failure } from '../../../../shared/types.js';

const columns = ['file', 'id', 'code', 'reason', 'action'] as const;

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** import-report.csv: a line for everything an import could not use (RFC 4180, with a header). */
export function importReport(failures: readonly Failure[]): string {
  const lines = failures.map((failure) => columns.map((column) => cell(failure[column] ?? '')).join(','));
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}
