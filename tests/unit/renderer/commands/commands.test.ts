import { describe, expect, it, vi } from 'vitest';
import { keyIsTaken, keysOf, shownKeys } from '../../../../renderer/commands/keys.js';
import { CommandRegistry, type Command } from '../../../../renderer/commands/registry.js';

const key = (key: string, init: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...init });
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  scope: 'everywhere',
  text: id,
  keys,
  run: vi.fn(),
  ...more,
});

describe('the spelling of keys', () => {
  it.each([
    [key('k', { ctrlKey: true }), 'Ctrl+K'],
    [key('k', { metaKey: true }), 'Ctrl+K'],
    [key('?', { shiftKey: true }), '?'],
    [key('R', { shiftKey: true }), 'Shift+R'],
    [key('ArrowUp', { shiftKey: true }), 'Shift+ArrowUp'],
    [key(' '), 'Space'],
    [key('+', { shiftKey: true }), '+'],
  ])('%#', (event, spelled) => expect(keysOf(event)).toBe(spelled));

  it('is drawn as on keyboards, a plus among them', () => {
    expect(shownKeys('Shift+ArrowUp')).toEqual(['Shift', '↑']);
    expect(shownKeys('Ctrl++')).toEqual(['Ctrl', '+']);
  });
});

describe('keys that belong to something else', () => {
  const at = (html: string): Element => {
    document.body.innerHTML = html;
    return document.body.querySelector('.at')!;
  };
  it.each([
    ['<input class="at">', 'x', true],
    ['<textarea class="at"></textarea>', 'x', true],
    ['<input type="checkbox" class="at">', 'x', false],
    ['<button class="at"></button>', 'Enter', true],
    ['<button class="at"></button>', 'x', false],
    ['<div role="dialog"><p class="at"></p></div>', 'x', true],
    ['<div role="grid" class="at"></div>', 'Enter', false],
  ])('%s and %s', (html, pressed, taken) => expect(keyIsTaken({ target: at(html), key: pressed })).toBe(taken));
});

describe('the registry of commands', () => {
  it('lets the screen go before everywhere, and passes by what makes no sense now', () => {
    const registry = new CommandRegistry();
    const [global, screen] = [command('global', ['X']), command('screen', ['X'], { scope: 'grid', when: () => open })];
    let open = true;
    registry.add([global, screen]);
    expect(registry.press(key('x'))).toBe(true);
    expect(screen.run).toHaveBeenCalledOnce();
    open = false;
    registry.press(key('x'));
    expect(global.run).toHaveBeenCalledOnce();
    expect(registry.press(key('y'))).toBe(false);
  });

  it('refuses one key for two things in a scope, and forgets what a screen takes with it', () => {
    const registry = new CommandRegistry();
    const remove = registry.add([command('a', ['Ctrl+K'])]);
    expect(() => registry.add([command('b', ['Ctrl+K'])])).toThrow('Ctrl+K is both a and b');
    remove();
    registry.add([command('b', ['Ctrl+K'])]);
    expect(registry.all().map(({ id }) => id)).toEqual(['b']);
  });

  it('keeps a command whose next screen came before the last one went', () => {
    const registry = new CommandRegistry();
    const remove = registry.add([command('a', ['X'])]);
    registry.add([command('a', ['X'])]);
    remove();
    expect(registry.all()).toHaveLength(1);
  });
});
