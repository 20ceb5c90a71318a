import type { Failure } from './types.js';
import { csvText } from './csv-text.js';

const columns = ['file', 'id', 'code', 'reason', 'action'] as const;

/** import-report.csv: a line for everything an import could not use. */
export const importReport = (failures: readonly Failure[]): string =>
  csvText(
    columns,
    failures.map((failure) => columns.map((column) => failure[column] ?? '')),
  );
