import type { JobLine } from '../../../shared/api/index.js';
import { lineOf, type Step } from './training-log.js';

/** Lines that are drawn at a time; a log may have a hundred thousand. */
const DRAWN = 400;

/** What a job has said, as lines to read. */
export const jobLines = (lines: readonly JobLine[]): string[] =>
  lines.map(({ time, text }) => `${time.slice(11, 19)}  ${text}`);

/** The steps of a training as lines to read. */
export const stepLines = (steps: readonly Step[]): string[] => steps.map(lineOf);

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
