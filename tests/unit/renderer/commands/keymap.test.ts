import { describe, expect, it } from 'vitest';
import type { CommandInfo, Scope } from '../../../../renderer/commands/command.js';
import { effectiveKeys, holderOf } from '../../../../renderer/commands/keymap.js';
import { tabled } from '../../../../renderer/commands/known.js';
import { inBrowser, onDesktop } from '../../../../renderer/shell/surroundings.js';

const info = (id: string, scope: Scope, keys: string[]): CommandInfo => ({ id, scope, text: id, keys });
const nowhere = { menu: {}, lost: new Set<string>() };
const keysOf = ({ keys }: CommandInfo): readonly string[] => keys;

describe('the keys of a command', () => {
  it('are its own, unless the person has chosen others, none among them', () => {
    const next = info('next', 'image', ['D']);
    expect(effectiveKeys(next, {}, nowhere)).toEqual(['D']);
    expect(effectiveKeys(next, { next: ['F', 'G'], constructor: ['X'] }, nowhere)).toEqual(['F', 'G']);
    expect(effectiveKeys(next, { next: [] }, nowhere)).toEqual([]);
  });

  it('have what the menu takes among them, and nothing that does not reach the page', () => {
    const palette = info('view.palette', 'everywhere', ['Ctrl+K']);
    expect(effectiveKeys(palette, { 'view.palette': ['P'] }, onDesktop)).toEqual(['Ctrl+K', 'P']);
    expect(effectiveKeys(palette, { 'view.palette': ['P', 'F11'] }, onDesktop)).toEqual(['Ctrl+K', 'P']);
    const created = info('project.new', 'everywhere', ['Ctrl+N']);
    expect(effectiveKeys(created, {}, onDesktop)).toEqual(['Ctrl+N']);
    expect(effectiveKeys(created, {}, inBrowser)).toEqual([]);
  });
});

describe('a conflict of keys', () => {
  const all = [info('a', 'grid', ['X']), info('b', 'image', ['X', 'Y']), info('c', 'everywhere', ['Z'])];

  it('is with a command of the same screen, or of everywhere', () => {
    expect(holderOf('X', info('new', 'grid', []), all, keysOf)?.id).toBe('a');
    expect(holderOf('Y', info('new', 'grid', []), all, keysOf)).toBeNull();
    expect(holderOf('Y', info('new', 'everywhere', []), all, keysOf)?.id).toBe('b');
    expect(holderOf('Z', info('new', 'image', []), all, keysOf)?.id).toBe('c');
    expect(holderOf('X', all[0], all, keysOf)).toBeNull();
  });

  it('is nowhere among the keys that the studio comes with', () => {
    const clashes = tabled.flatMap((one) =>
      one.keys.filter((keys) => holderOf(keys, one, tabled, keysOf) !== null).map((keys) => `${one.id}: ${keys}`),
    );
    expect(clashes).toEqual([]);
    expect(new Set(tabled.map(({ id }) => id)).size).toBe(tabled.length);
  });
});
