import { useEventListener } from '@vueuse/core';
import { keyIsTaken } from '../commands/keys.js';
import { commands } from '../commands/registry.js';

/** Gives keys to the registry, unless the person types or a dialog is open. */
export function useKeyboard(): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || keyIsTaken(event)) return;
    if (commands.press(event)) event.preventDefault();
  });
}
