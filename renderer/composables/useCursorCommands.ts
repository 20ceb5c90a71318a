import type { ArrowKey } from '../canvas/key-cursor.js';
import { offered } from '../commands/command.js';
import { cursorTable } from '../commands/tables/cursor.js';
import { editorTable } from '../commands/tables/editor.js';
import type { KeyCursor } from './useKeyCursor.js';
import { useCommands } from './useCommands.js';

/** Keys of the cursor on the stage; they go before those of the editor while it is there. */
export function useCursorCommands(cursor: KeyCursor): void {
  const when = cursor.active;
  const moving = (pixels: number) => ({
    when,
    run: (event?: KeyboardEvent) => event && cursor.move(event.key as ArrowKey, pixels),
  });
  const pressing = (how: { erase?: boolean; shift?: boolean } = {}) => ({
    when,
    run: (event?: KeyboardEvent) => event && cursor.press(event, how),
  });
  useCommands([
    ...offered(editorTable, { 'editor.cursor': cursor.toggle }),
    ...offered(cursorTable, {
      'cursor.move': moving(1),
      'cursor.leap': moving(10),
      'cursor.stride': moving(100),
      'cursor.press': pressing(),
      'cursor.straight': pressing({ shift: true }),
      'cursor.takeAway': pressing({ erase: true }),
      'cursor.leave': { when, run: cursor.escape },
    }),
  ]);
}
