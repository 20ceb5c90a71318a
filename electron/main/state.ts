import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { languages } from '../../shared/locales/index.js';
import { themes } from '../../shared/shell/bridge.js';

/** Projects that the menu remembers. */
const MOST_RECENT = 10;

const placeSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
  maximized: z.boolean(),
});

/** What the shell remembers. What is missing or makes no sense takes its default, each for itself. */
const stateSchema = z
  .object({
    window: placeSchema.nullable().catch(null),
    /** Folders of projects, the latest first. */
    recent: z.array(z.string()).max(MOST_RECENT).catch([]),
    theme: z.enum(themes).catch('system'),
    /** Null for the system's. */
    language: z.enum(languages).nullable().catch(null),
    /** Port of the engine; what the browser keeps for the page belongs to its address. */
    port: z.number().int().min(0).max(65_535).catch(0),
  })
  .catch({ window: null, recent: [], theme: 'system', language: null, port: 0 });
export type ShellState = z.infer<typeof stateSchema>;

/** The list with a folder at its head. */
export const withRecent = (recent: readonly string[], folder: string): string[] =>
  [folder, ...recent.filter((other) => other !== folder)].slice(0, MOST_RECENT);

/** What the shell remembers from one time to the next, in a file of its own. */
export class StateFile {
  readonly #file: string;
  #state: ShellState;

  constructor(file: string) {
    this.#file = file;
    this.#state = stateSchema.parse(readJson(file));
  }

  get state(): Readonly<ShellState> {
    return this.#state;
  }

  /** Changes some of it and writes the file. Where that cannot be, it is remembered until the end only. */
  change(part: Partial<ShellState>): void {
    this.#state = { ...this.#state, ...part };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, `${JSON.stringify(this.#state, null, 2)}\n`);
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // A full disk is no reason not to work.
    }
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
