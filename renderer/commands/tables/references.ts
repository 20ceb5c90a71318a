import type { CommandTable } from '../command.js';

/** Choosing references beside the map that they make. */
export const referencesTable = {
  'references.inspect': { scope: 'references', text: 'command.inspect', keys: ['I'] },
  'references.suggest': { scope: 'references', text: 'command.suggest', keys: ['G'] },
  'references.back': { scope: 'references', text: 'command.back', keys: ['Escape'] },
} as const satisfies CommandTable;
