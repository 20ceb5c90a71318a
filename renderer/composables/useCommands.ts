import { onBeforeUnmount } from 'vue';
import { commands, type Command } from '../commands/registry.js';

/** Offers commands for as long as the component is there. */
export function useCommands(offered: readonly Command[]): void {
  onBeforeUnmount(commands.add(offered));
}
