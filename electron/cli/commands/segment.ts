import type { CliCommand } from '../command.js';
import { segmentPredict } from './segment/predict.js';
import { segmentTrain } from './segment/train.js';

/** `comask segment train|predict`: DeepLab on masks. */
export const segmentCommand: CliCommand = {
  register(program, run) {
    const segment = program.command('segment').summary('train a segmenter on masks, and segment photos with it');
    for (const part of [segmentTrain, segmentPredict]) part.register(segment, run);
  },
};
