import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { writeError } from '../../project/files.js';

/** The log of a run: one JSON object a line. */
export interface RunLog {
  /** Lines written so far. */
  readonly lines: number;
  append(entry: Record<string, unknown>): void;
  /** Returns when all lines are on disk. */
  sync(): void;
  close(): void;
}

const NEWLINE = 0x0a;

/** Bytes of the first `lines` whole lines; of fewer, where there are not as many. */
function bytesOfLines(bytes: Uint8Array, lines: number): { bytes: number; lines: number } {
  let end = 0;
  let count = 0;
  while (count < lines) {
    const at = bytes.indexOf(NEWLINE, end);
    if (at < 0) break;
    end = at + 1;
    count++;
  }
  return { bytes: end, lines: count };
}

/**
 * Opens the log to go on after its first `lines` lines: what comes after them (steps that no checkpoint holds, a line
 * cut short by a crash) is dropped, since those steps will be done and written again.
 */
export function openLog(file: string, lines: number): RunLog {
  let written = 0;
  let descriptor: number;
  try {
    if (existsSync(file)) {
      const kept = bytesOfLines(readFileSync(file), lines);
      truncateSync(file, kept.bytes);
      written = kept.lines;
    }
    descriptor = openSync(file, 'a');
  } catch (error) {
    throw writeError(error, file);
  }
  return {
    get lines() {
      return written;
    },
    append(entry) {
      try {
        writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      } catch (error) {
        throw writeError(error, file);
      }
      written++;
    },
    sync: () => fsyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}
