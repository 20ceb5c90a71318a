import { loadavg } from 'node:os';
import { errorDetails } from '../../../shared/errors.js';

/** One figure of the table. */
export interface Row {
  what: string;
  /** With its unit. */
  measured: string;
  goal: string;
  /** Null where there is no goal. */
  met: boolean | null;
  /** Programs that wanted the processor, beside what the bench itself needs. */
  load: number;
}

/** A figure that must stay below its goal. */
export function below(what: string, value: number, goal: number, unit: string, more = ''): Row {
  const digits = value < 10 ? 2 : 0;
  return {
    what,
    measured: `${value.toFixed(digits)} ${unit}${more}`,
    goal: `< ${goal} ${unit}`,
    met: value < goal,
    load: loadavg()[0],
  };
}

/** A figure without a goal. */
export const plain = (what: string, measured: string): Row => ({
  what,
  measured,
  goal: '',
  met: null,
  load: loadavg()[0],
});

/** A part that could not be measured. */
export const failed = (part: string, error: unknown): Row => ({
  ...plain(part, `failed: ${errorDetails(error).message.split('\n')[0]}`),
  met: false,
});

/** The value below which a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Rows as a table of Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const header = ['figure', 'measured', 'goal', 'met', 'load'];
  const cells = rows.map(({ what, measured, goal, met, load }) => [what, measured, goal, met === null ? '' : met ? 'yes' : '**no**', load.toFixed(1)]); // prettier-ignore
  const lines = [header, header.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`);
  return lines.join('\n');
}
