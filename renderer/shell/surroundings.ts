import { commandIds, menuCommands, shellKeys, type MenuCommand } from '../../shared/shell/commands.js';
import type { Surroundings } from '../commands/keymap.js';
import { fromAccelerator } from '../commands/keys.js';

/** Keys of the tabs and windows of a browser, which it gives to no page. */
const browserKeys = ['N', 'T', 'W', 'Q', 'Shift+N', 'Shift+T', 'Shift+W', 'Tab', 'Shift+Tab'];

/** What a browser does with keys. */
export const inBrowser: Surroundings = { menu: {}, lost: new Set(browserKeys.map((key) => `Ctrl+${key}`)) };

const takenByMenu = commandIds.flatMap((id) => {
  const { key, keyIsThePages = false }: MenuCommand = menuCommands[id];
  return key === undefined || keyIsThePages ? [] : [[id, fromAccelerator(key)] as const];
});

/** What the desktop's menu does with keys. */
export const onDesktop: Surroundings = {
  menu: Object.fromEntries(takenByMenu),
  lost: new Set(Object.values(shellKeys).map(fromAccelerator)),
};
