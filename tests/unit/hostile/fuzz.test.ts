import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { broken } from '../../support/hostile/mutations.js';
import { foreignParsers } from '../../support/hostile/parsers/index.js';
import { fuzzRuns, fuzzTimeout } from '../../support/hostile/runs.js';
import { trial } from '../../support/hostile/trial.js';

/*
 * The attack: any file that the program reads may come from someone else, or from a disk that is failing. A broken one
 * must be read or be refused with a StudioError that says why: no other error, no hang, no memory beyond what a file of
 * its size can need, nothing written beside it, no object of JavaScript's changed.
 */

const SEED = 20240611;

/** What came of the inputs of one parser. */
interface Figures {
  parser: string;
  tried: number;
  refused: number;
  parsed: number;
  escaped: number;
}
const table: Figures[] = [];

/** Names that JavaScript's own objects have: a broken file may add none. */
const builtIns = (): string =>
  [Object.prototype, Array.prototype, Map.prototype, String.prototype]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .join();

/** Where the figures of a run are kept, for whoever wants to read them. */
const report = join(tmpdir(), 'comask-fuzz-figures.json');
afterAll(() => writeFileSync(report, `${JSON.stringify(table, null, 2)}\n`));

describe('a broken file', () => {
  it.each(foreignParsers.map((parser) => [parser.name, parser] as const))(
    '%s is read or refused',
    async (name, parser) => {
      const parent = temporaryFolder();
      const folder = join(parent, 'own');
      mkdirSync(folder);
      const valid = await parser.valid();
      const before = builtIns();
      for (const bytes of valid) expect(await trial(parser, bytes, folder)).toBeTypeOf('string');
      const figures: Figures = { parser: name, tried: 0, refused: 0, parsed: 0, escaped: 0 };
      table.push(figures);
      const attempt = async (bytes: Uint8Array): Promise<void> => {
        figures.tried += 1;
        try {
          figures[await trial(parser, bytes, folder)] += 1;
        } catch (error) {
          figures.escaped += 1;
          throw error;
        }
      };
      const numRuns = Math.max(4, Math.round(fuzzRuns * (parser.share ?? 1)));
      await fc.assert(fc.asyncProperty(broken(valid), attempt), { seed: SEED, numRuns });
      expect(readdirSync(parent)).toEqual(['own']);
      expect(builtIns()).toBe(before);
      expect(figures).toMatchObject({ tried: numRuns, escaped: 0 });
    },
    fuzzTimeout,
  );
});
