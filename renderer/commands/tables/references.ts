import type { CommandTable } from '../command.js';

/** Choosing references beside the map that they make. */
export const referencesTable = {
  'references.inspect': { scope: 'references', text: 'command.inspect', keys: ['I'] },
  'references.placeLeft': { scope: 'references', text: 'command.placeLeft', keys: ['Ctrl+ArrowLeft'], keysOnly: true },
  'references.placeRight': {
    scope: 'references',
    text: 'command.placeRight',
    keys: ['Ctrl+ArrowRight'],
    keysOnly: true,
  },
  'references.placeUp': { scope: 'references', text: 'command.placeUp', keys: ['Ctrl+ArrowUp'], keysOnly: true },
  'references.placeDown': { scope: 'references', text: 'command.placeDown', keys: ['Ctrl+ArrowDown'], keysOnly: true },
  'references.suggest': { scope: 'references', text: 'command.suggest', keys: ['G'] },
  'references.back': { scope: 'references', text: 'command.back', keys: ['Escape'] },
} as const satisfies CommandTable;
