/** A key with its modifiers as a person reads it, e.g. `Ctrl+K`, `Shift+ArrowDown`, `?`. */
export type Keys = string;

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>;

const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase();

/** Characters of keys that have no name of their own in `event.code`. */
const codes: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
};

/**
 * The character that counts: the one that is written, except where a layout has no Latin letters, or Alt writes a sign
 * (as on a Mac). There it is the one that the place of the key has on an English keyboard.
 */
function characterOf({ key, code, altKey }: Pressed): string {
  const foreign = isLetter(key) && !/\p{Script=Latin}/u.test(key);
  const composed = altKey && key.length === 1 && !/[\u0020-\u007e]/.test(key);
  if (!foreign && !composed) return key;
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? codes[code] ?? key;
}

/**
 * The pressed key in the spelling of the registry. Command counts as Ctrl; AltGr, which writes characters, as none. Shift
 * is named only where it does not already show in the character: `?` is `?` on every layout, a letter with Shift is
 * `Shift+R`.
 */
export function keysOf(pressed: Pressed): Keys {
  const { ctrlKey, metaKey, shiftKey, altKey } = pressed;
  const key = characterOf(pressed);
  const writes = pressed.getModifierState?.('AltGraph') ?? false;
  const name = key === ' ' ? 'Space' : isLetter(key) ? key.toUpperCase() : key;
  const showsShift = key.length === 1 && !isLetter(key) && key !== ' ';
  const parts = [
    !writes && (ctrlKey || metaKey) && 'Ctrl',
    !writes && altKey && 'Alt',
    shiftKey && !showsShift && 'Shift',
    name,
  ];
  return parts.filter(Boolean).join('+');
}

/** Whether a key only changes others. */
export const isModifier = (key: string): boolean =>
  ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'].includes(key);

const acceleratorNames: Readonly<Record<string, string>> = {
  CmdOrCtrl: 'Ctrl',
  Plus: '+',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
};

/** A key of the menu, which is in Electron's notation, in the spelling of the registry. */
export const fromAccelerator = (accelerator: string): Keys =>
  accelerator
    .split('+')
    .map((part) => acceleratorNames[part] ?? part)
    .join('+');

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** The keys as they are drawn on keyboards. */
export const shownKeys = (keys: Keys): string[] => keys.split(/\+(?=.)/).map((part) => signs[part] ?? part);

/** Whether a key belongs to what has the focus: a field that takes text, an open dialog or list, a button to press. */
export function keyIsTaken({ target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])');
  if (field && !(field instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(field.type)))
    return true;
  if ([' ', 'Enter'].includes(key) && target.closest('button, a, input, [role="button"]')) return true;
  return (
    target.closest('[role="dialog"], [role="listbox"], [role="menu"], [role="combobox"], [role="slider"]') !== null
  );
}
