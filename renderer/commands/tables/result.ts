import { paneNames } from '../../composables/results/panes.js';
import type { CommandTable } from '../command.js';

const back: CommandTable = { 'result.back': { scope: 'result', text: 'results.back', keys: ['Escape'] } };

/** One evaluated image: the panes by their digits. */
export const resultTable: CommandTable = {
  ...back,
  ...Object.fromEntries(
    paneNames.map((pane, at): [string, CommandTable[string]] => [
      `result.pane.${pane}`,
      { scope: 'result', text: `results.togglePane.${pane}`, keys: [String(at + 1)] },
    ]),
  ),
};

/** What is done to an evaluation. */
export const resultsTable = {
  'results.report': { scope: 'result', text: 'results.report', keys: ['Shift+E'] },
} as const satisfies CommandTable;

/** What is done to evaluated images, of the gallery or the one that is looked at. */
export const resultEditTable = {
  'result.select': { scope: 'result', text: 'command.select', keys: ['X'] },
  'result.class': { scope: 'result', text: 'edit.findClass', keys: ['L'] },
  'result.tag': { scope: 'result', text: 'edit.findTag', keys: ['T'] },
  'result.review': { scope: 'result', text: 'edit.review', keys: ['R'] },
  'result.needsWork': { scope: 'result', text: 'edit.needsWork', keys: ['Shift+R'] },
  'result.exclude': { scope: 'result', text: 'edit.exclude', keys: ['Shift+X'] },
  'result.references': { scope: 'result', text: 'resultAction.references', keys: ['F'] },
  'result.fix': { scope: 'result', text: 'resultAction.fix', keys: ['B'] },
  'result.worst': { scope: 'result', text: 'resultAction.worstCommand', keys: ['Q'] },
} as const satisfies CommandTable;
