import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A parser of bytes that others wrote. */
export interface ForeignParser {
  /** What it reads, for people. */
  name: string;
  /** Valid inputs, from which broken ones are made. */
  valid(): Promise<readonly Uint8Array[]> | readonly Uint8Array[];
  /**
   * Reads bytes as the program would. `folder` is empty at first and the parser's own: for what is read from a file.
   * Returns what it read; a list of failures in it (`failures`, or an item with a `code`) is looked at.
   */
  parse(bytes: Uint8Array, folder: string): unknown;
  /** Of the runs that a cheap parser gets, the share that this one gets; 1 unless given. */
  share?: number;
}

/** A parser of a file of that name. */
export const ofFile =
  (name: string, read: (file: string, folder: string) => unknown): ForeignParser['parse'] =>
  (bytes, folder) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return read(file, folder);
  };

/** Valid texts as bytes. */
export const texts =
  (...valid: string[]): ForeignParser['valid'] =>
  () =>
    valid.map((text) => Buffer.from(text));
