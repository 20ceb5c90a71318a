import type { CliCommand } from '../command.js';
import { weightsConvert } from './weights/convert.js';
import { weightsExport } from './weights/export.js';
import { weightsGet } from './weights/get.js';
import { weightsImport } from './weights/import.js';
import { weightsInspect } from './weights/inspect.js';
import { weightsList } from './weights/list.js';

/** `comask weights list|get|inspect|convert|import|export`: files of weights. */
export const weightsCommand: CliCommand = {
  register(program, run) {
    const weights = program
      .command('weights')
      .summary(
        'fetch weights, look into files of them, convert them, make a run of a published checkpoint, export the net of a run',
      );
    for (const part of [weightsList, weightsGet, weightsInspect, weightsConvert, weightsImport, weightsExport]) {
      part.register(weights, run);
    }
  },
};
