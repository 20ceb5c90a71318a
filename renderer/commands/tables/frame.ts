import type { CommandTable } from '../command.js';

/** What can be asked for on every screen beside the menu's commands. */
export const frameTable = {
  'project.open': { scope: 'everywhere', text: 'shell.command.project.open', keys: [] },
  'view.theme': { scope: 'everywhere', text: 'command.theme', keys: [] },
  'view.language': { scope: 'everywhere', text: 'command.language', keys: [] },
} as const satisfies CommandTable;
