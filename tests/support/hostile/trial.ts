import { StudioError } from '../../../shared/errors.js';
import type { ForeignParser } from './parser.js';

/** Milliseconds of computing, on all threads, that a broken input of 128 KiB may take. */
const MOST_MILLISECONDS = 5000;
/** Bytes of memory that it may take: what no input of that size can need, and every bomb goes beyond. */
const MOST_MEMORY = 2 ** 29;

/** How an input ended. */
export type Outcome = 'parsed' | 'refused';

const computing = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const memory = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/**
 * Gives an input to a parser. Throws Error where it does anything but be read or be refused with a StudioError that says
 * why, within bounded time and memory.
 */
export async function trial(parser: ForeignParser, bytes: Uint8Array, folder: string): Promise<Outcome> {
  const [started, before] = [computing(), memory()];
  let outcome: Outcome = 'parsed';
  try {
    noteInternal(await parser.parse(bytes, folder));
  } catch (error) {
    if (!(error instanceof StudioError)) throw new Error(`${parser.name}: escaped`, { cause: error });
    if (error.code === 'internal' || error.message === '') throw new Error(`${parser.name}: refused without a reason`, { cause: error }); // prettier-ignore
    outcome = 'refused';
  }
  const [took, grown] = [computing() - started, memory() - before];
  if (took > MOST_MILLISECONDS) throw new Error(`${parser.name}: took ${Math.round(took)} ms`);
  if (grown > MOST_MEMORY) throw new Error(`${parser.name}: took ${Math.round(grown / 2 ** 20)} MiB`);
  return outcome;
}

/** Failures that were collected instead of thrown must have a reason as well. */
function noteInternal(parsed: unknown): void {
  const { failures = [] } = (parsed ?? {}) as { failures?: { code: string; reason: string }[] };
  const bad = failures.find(({ code, reason }) => code === 'internal' || reason === '');
  if (bad) throw new Error(`collected a failure without a reason: ${JSON.stringify(bad)}`);
}
