import { gridKeys } from '../../composables/grid-moves.js';
import type { CommandTable } from '../command.js';

/** Moving, selecting and opening in the grid of images. */
export const gridTable = {
  'grid.move': { scope: 'grid', text: 'command.move', keys: gridKeys, keysOnly: true, fixed: true },
  'grid.extend': {
    scope: 'grid',
    text: 'command.extend',
    keys: gridKeys.map((key) => `Shift+${key}`),
    keysOnly: true,
    fixed: true,
  },
  'grid.open': { scope: 'grid', text: 'command.open', keys: ['Enter'] },
  'grid.select': { scope: 'grid', text: 'command.select', keys: ['X'] },
  'grid.all': { scope: 'grid', text: 'command.selectAll', keys: ['Ctrl+A'] },
  'grid.none': { scope: 'grid', text: 'command.selectNone', keys: ['Escape'] },
} as const satisfies CommandTable;
