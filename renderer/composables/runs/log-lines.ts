import type { JobLine } from '../../../shared/api/index.js';
import type { Measuring } from './measurings.js';
import { lineOf, type Step } from './training-log.js';

/** Lines that are drawn at a time; a log may have a hundred thousand. */
const DRAWN = 400;

/** What a job has said, as lines to read. */
export const jobLines = (lines: readonly JobLine[]): string[] =>
  lines.map(({ time, text }) => `${time.slice(11, 19)}  ${text}`);

/** Lines of steps by the steps themselves: a log grows by a few, and a hundred thousand before them stay as they are. */
const written = new WeakMap<Step, string>();

/** The steps of a training as lines to read, each measuring behind its step. */
export function stepLines(steps: readonly Step[], measurings: readonly Measuring[] = []): string[] {
  const measured = new Map(measurings.map((one) => [one.step, one]));
  return steps.flatMap((step) => {
    const line = written.get(step) ?? lineOf(step);
    written.set(step, line);
    const after = measured.get(step.step);
    return after ? [line, `measured after step ${after.step}: mIoU ${after.mIoU.toFixed(4)}, ${after.images} images`] : [line]; // prettier-ignore
  });
}

/** The latest lines that have all words that are looked for, and how many older ones are left out. */
export function filteredLines(
  lines: readonly string[],
  wanted: string,
  most = DRAWN,
): { lines: string[]; left: number } {
  // prettier-ignore
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = lines.filter((line) => words.every((word) => line.toLowerCase().includes(word)));
  const left = Math.max(0, matching.length - most);
  return { lines: matching.slice(left), left };
}
