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
