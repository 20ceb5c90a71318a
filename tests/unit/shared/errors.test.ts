import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forScreens } from '../../../shared/errors.js';

const root = resolve(import.meta.dirname, '../../..');
const sources = ['electron/engine', 'shared'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** What a file gives as remedies, reasons and actions, as it is written there. */
const texts = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:remedy|action|reason|again|installHint)\b(?::| =)\s*([^;]*?)(?:,\n|;\n|\s\}|$)/g)]
    .map(([, text]) => text)
    .filter((text) => /['`]/.test(text)); // prettier-ignore

describe('a text for a person in front of a screen', () => {
  it('leaves out what only the command line knows', () => {
    expect(forScreens('Choose another name (--masks), or replace the masks (--overwrite).')).toBe('Choose another name, or replace the masks.'); // prettier-ignore
    expect(forScreens('Train it first (comask train PROJECT --run NAME).')).toBe('Train it first.');
    expect(forScreens('Install it (npx comask runtime install).')).toBe('Install it.');
    expect(forScreens('Start it again to go on (comask: the same command).')).toBe('Start it again to go on.');
    expect(forScreens('One file (of 3) is damaged.')).toBe('One file (of 3) is damaged.');
  });

  it('names options and commands in brackets of their own only', () => {
    const found = sources.flatMap((file) => texts(file).map((text) => [file, text] as const));
    expect(found.length).toBeGreaterThan(150);
    const speaksOfCommands = (text: string): boolean => /(^|[\s'"`(])--[a-z]|\bcomask (?!Studio)[a-z]+|ommand again/.test(text.replace(/ \((?:docker|python3) [^)]*\)/g, '')); // prettier-ignore
    expect(found.filter(([, text]) => speaksOfCommands(forScreens(text)))).toEqual([]);
  });
});
