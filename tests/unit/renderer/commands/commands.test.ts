import { describe, expect, it, vi } from 'vitest';
import { fromAccelerator, keyIsTaken, keysOf, shownKeys } from '../../../../renderer/commands/keys.js';
import { CommandRegistry, type Command } from '../../../../renderer/commands/registry.js';

const key = (key: string, init: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...init });
/** A key with Alt or AltGr, which the stand-in for a browser takes for one. */
const signed = (sign: string, code: string, { writes = false, ...init }: KeyboardEventInit & { writes?: boolean }) =>
  Object.assign(key(sign, { code, ...init }), { getModifierState: (name: string) => writes && name === 'AltGraph' });
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
    [key(' ', { shiftKey: true }), 'Shift+Space'],
    // Layouts without Latin letters: the place of the key counts. With them, what is written on it.
    [key('в', { code: 'KeyD' }), 'D'],
    [key('Х', { code: 'BracketLeft', shiftKey: true }), '['],
    [key('é', { code: 'Digit2' }), 'É'],
    [key('z', { code: 'KeyY' }), 'Z'],
    // Option on a Mac writes signs, AltGr elsewhere.
    [signed('¡', 'Digit1', { altKey: true }), 'Alt+1'],
    [signed('[', 'Digit8', { ctrlKey: true, altKey: true, writes: true }), '['],
  ])('%#', (event, spelled) => expect(keysOf(event)).toBe(spelled));

  it('is drawn as on keyboards, a plus among them', () => {
    expect(shownKeys('Shift+ArrowUp')).toEqual(['Shift', '↑']);
    expect(shownKeys('Ctrl++')).toEqual(['Ctrl', '+']);
  });

  it('translates the keys of the menu', () => {
    expect(['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+,', 'Right', '?', 'CmdOrCtrl+Plus'].map(fromAccelerator)).toEqual(['Ctrl+Shift+Z', 'Ctrl+,', 'ArrowRight', '?', 'Ctrl++']); // prettier-ignore
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

  it('starts a command by the keys that the person has chosen, and by its id', () => {
    const registry = new CommandRegistry();
    const [a, b] = [command('a', ['X']), command('b', ['Y'], { when: () => false })];
    registry.add([a, b]);
    registry.remap({ a: ['Q'] });
    expect([registry.press(key('x')), registry.press(key('q')), registry.run('a')]).toEqual([false, true, true]);
    expect(a.run).toHaveBeenCalledTimes(2);
    expect([registry.run('b'), registry.run('none')]).toEqual([false, false]);
  });

  it('remembers what it has seen after its screen has gone', () => {
    const registry = new CommandRegistry();
    registry.add([command('a', [])])();
    expect(registry.seen().map(({ id }) => id)).toEqual(['a']);
  });
});
