/** A key with its modifiers as a person reads it, e.g. `Ctrl+K`, `Shift+ArrowDown`, `?`. */
export type Keys = string;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * The pressed key in the spelling of the registry. Command counts as Ctrl. Shift is named only where it does not already
 * show in the character: `?` is `?` on every layout, a letter with Shift is `Shift+R`.
 */
export function keysOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): Keys {
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = key === ' ' ? 'Space' : letter ? key.toUpperCase() : key;
  const showsShift = key.length === 1 && !letter;
  const parts = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && !showsShift && 'Shift', name];
  return parts.filter(Boolean).join('+');
}

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
export function keyIsTaken({
  target,
  key,
  ctrlKey = false,
  metaKey = false,
}: Pick<KeyboardEvent, 'target' | 'key'> & Partial<KeyboardEvent>): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])');
  if (field && !(field instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(field.type)))
    return true;
  const presses = [' ', 'Enter'].includes(key) && !ctrlKey && !metaKey;
  if (presses && target.closest('button, a, input, [role="button"]')) return true;
  return (
    target.closest('[role="dialog"], [role="listbox"], [role="menu"], [role="combobox"], [role="slider"]') !== null
  );
}
