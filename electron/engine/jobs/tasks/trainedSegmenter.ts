import { existsSync, readFileSync } from 'node:fs';
import { StudioError } from '../../../../shared/errors.js';
import { shapesOf } from '../../learn/nets/parameters.js';
import { segmenterOf } from '../../learn/segment/segmenter.js';
import { fitWeights } from '../../learn/weights/fit.js';
import { decodeSafetensors } from '../../learn/weights/safetensors.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import type { Project } from '../../project/project.js';
import { weightsOf } from '../run/checkpoints.js';
import { runFiles } from '../run/files.js';
import { readSegmentRecord, type SegmentRecord } from '../run/segment-record.js';

/** Which weights of a segmenter: those that were measured as best, or the last ones. */
export type WhichWeights = 'best' | 'latest';

/** The run of a segmenter with the weights to use. */
export interface TrainedSegmenter {
  record: SegmentRecord;
  weights: NamedArrays;
  /** File of the weights. */
  file: string;
  /** Steps that they were trained for. */
  iteration: number;
}

/**
 * Reads a segmenter of a project; left open, the best weights where some were measured. Throws `run-missing`,
 * `weights-mismatch` where the classes of the project are no longer those of the run, `weights-damaged`.
 */
export function readTrainedSegmenter({ paths, config }: Project, run: string, which?: WhichWeights): TrainedSegmenter {
  const files = runFiles(paths.run(run));
  const missing = (message: string): StudioError =>
    new StudioError({
      code: 'run-missing',
      message,
      file: files.folder,
      remedy: 'Train it first (comask segment train PROJECT --run NAME), or choose another run (--run).',
    });
  if (!existsSync(files.settings)) throw missing(`there is no run called "${run}"`);
  const record = readSegmentRecord(files);
  const file = which === 'latest' || (!which && !existsSync(files.best)) ? files.latest : files.best;
  if (!existsSync(file)) throw missing(which === 'best' ? 'its weights were never measured' : 'it has no weights yet');
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  const expected = shapesOf(segmenterOf(record.settings, config.classes.length).specs);
  return {
    record,
    weights: fitWeights(weightsOf(tensors), expected, file),
    file,
    iteration: Number(metadata.iteration ?? metadata.epoch ?? 0),
  };
}
