import { useEventListener } from '@vueuse/core';
import { watchEffect } from 'vue';
import { keyIsTaken } from '../commands/keys.js';
import { commands } from '../commands/registry.js';
import { usePreferences } from '../stores/preferences.js';

/** Gives keys to the registry, with what the person has chosen, unless the person types or a dialog is open. */
export function useKeyboard(): void {
  const preferences = usePreferences();
  watchEffect(() => commands.remap(preferences.keys));
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || keyIsTaken(event)) return;
    if (commands.press(event)) event.preventDefault();
  });
}
