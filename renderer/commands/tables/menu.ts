import { commandIds, menuCommands, type CommandId, type MenuCommand } from '../../../shared/shell/commands.js';
import type { CommandTable, Scope } from '../command.js';
import { fromAccelerator, type Keys } from '../keys.js';

/** Keys beside the one that the menu shows. */
const more: Readonly<Partial<Record<CommandId, Keys[]>>> = {
  'edit.redo': ['Ctrl+Y'],
  'edit.find': ['/'],
  'go.next': ['D'],
  'go.previous': ['A'],
};

/** Where its keys count, unless that is everywhere. */
const places: Readonly<Partial<Record<CommandId, Scope>>> = { 'go.next': 'image', 'go.previous': 'image' };

const infoOf = (id: CommandId): CommandTable[string] => {
  const { key }: MenuCommand = menuCommands[id];
  const keys = [...(key === undefined ? [] : [fromAccelerator(key)]), ...(more[id] ?? [])];
  // The palette need not offer itself.
  return { scope: places[id] ?? 'everywhere', text: `shell.command.${id}`, keys, keysOnly: id === 'view.palette' };
};

/** The commands of the desktop's menu: ids, texts and keys are the menu's. */
export const menuTable = Object.fromEntries(commandIds.map((id) => [id, infoOf(id)])) as CommandTable<CommandId>;
