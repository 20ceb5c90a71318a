import { arrowKeys } from '../../canvas/key-cursor.js';
import type { CommandTable } from '../command.js';

const scope = 'cursor';
const arrows = (modifiers: string): string[] => arrowKeys.map((key) => modifiers + key);

/** The cursor of the mask editor that keys move. */
export const cursorTable = {
  'cursor.move': { scope, text: 'command.cursorMove', keys: arrows(''), keysOnly: true, fixed: true },
  'cursor.leap': { scope, text: 'command.cursorLeap', keys: arrows('Shift+'), keysOnly: true, fixed: true },
  'cursor.stride': { scope, text: 'command.cursorStride', keys: arrows('Ctrl+Shift+'), keysOnly: true, fixed: true },
  'cursor.press': { scope, text: 'command.cursorPress', keys: ['Space'], keysOnly: true },
  'cursor.straight': { scope, text: 'command.cursorStraight', keys: ['Shift+Space'], keysOnly: true },
  'cursor.takeAway': { scope, text: 'command.cursorTakeAway', keys: ['Delete'], keysOnly: true },
  'cursor.leave': { scope, text: 'command.cursorLeave', keys: ['Escape'], keysOnly: true },
} as const satisfies CommandTable;
