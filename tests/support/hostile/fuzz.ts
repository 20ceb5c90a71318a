import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { broken } from './mutations.js';
import type { ForeignParser } from './parser.js';
import { fuzzRuns, fuzzTimeout } from './runs.js';
import { trial, type Outcome } from './trial.js';

const SEED = 20240611;

/** What came of the broken inputs of one parser. */
type Figures = { parser: string; tried: number; escaped: number } & Record<Outcome, number>;

/** Names that JavaScript's own objects have: a broken file may add none. */
const builtIns = (): string =>
  [Object.prototype, Array.prototype, Map.prototype, String.prototype]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .join();

/** Gives a parser its broken inputs; throws at the first that escapes. `figures` are counted on the way. */
async function tryAll(parser: ForeignParser, folder: string, figures: Figures): Promise<void> {
  const valid = await parser.valid();
  for (const bytes of valid) await trial(parser, bytes, folder);
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
}

/**
 * The tests of these parsers. The attack: any file that the program reads may come from someone else, or from a disk that
 * is failing. A broken one must be read or be refused with a StudioError that says why: no other error, no hang, no memory
 * beyond what a file of its size can need, nothing written beside it, no object of JavaScript's changed. Figures go into
 * `<group>.json` in the folder COMASK_FUZZ_FIGURES, where that is set.
 */
export function fuzz(group: string, parsers: readonly ForeignParser[]): void {
  const table: Figures[] = [];
  const figuresFolder = process.env.COMASK_FUZZ_FIGURES;
  afterAll(() => {
    if (figuresFolder) writeFileSync(join(figuresFolder, `${group}.json`), JSON.stringify(table));
  });
  describe('a broken file', () => {
    it.each(parsers.map((parser) => [parser.name, parser] as const))(
      '%s is read or refused',
      async (name, parser) => {
        const parent = temporaryFolder();
        mkdirSync(join(parent, 'own'));
        const before = builtIns();
        const figures: Figures = { parser: name, tried: 0, refused: 0, parsed: 0, escaped: 0 };
        table.push(figures);
        await tryAll(parser, join(parent, 'own'), figures);
        expect(readdirSync(parent)).toEqual(['own']);
        expect(builtIns()).toBe(before);
      },
      fuzzTimeout,
    );
  });
}
