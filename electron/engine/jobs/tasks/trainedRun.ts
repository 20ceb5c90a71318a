import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import { classifierParameters } from '../../learn/nets/classifier.js';
import { shapesOf } from '../../learn/nets/parameters.js';
import { fitWeights } from '../../learn/weights/fit.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import type { Project } from '../../project/project.js';
import { readRunWeights } from '../run/checkpoints.js';
import { existingRun } from '../run/existing.js';
import { readRunRecord, type RunRecord } from '../run/record.js';

/** A run with the weights to use. */
export interface TrainedRun {
  record: RunRecord;
  weights: NamedArrays;
  /** File of the weights. */
  file: string;
  /** Epochs that they were trained for; 0 for imported ones. */
  epoch: number;
}

/**
 * Reads a run of a project with the weights after `epoch` epochs, or the run's own choice. Throws `run-missing`,
 * `weights-mismatch` where the classes of the project are no longer those of the run, `weights-damaged`.
 */
export function readTrainedRun({ paths, config }: Project, run: string, epoch: number | null): TrainedRun {
  const remedy = 'Train it first (comask train PROJECT --run NAME), or choose another run (--run).';
  const files = existingRun(paths, run, remedy);
  const record = readRunRecord(files);
  const read = readRunWeights(files, { epoch, keep: record.settings['keep.epoch'] });
  const expected = shapesOf(classifierParameters(record.settings, config.classes.length));
  return { ...read, record, weights: fitWeights(read.weights, expected, read.file) };
}

/** The settings of an inference with what they leave to the run put in: the size at which photos were trained on. */
export function asTrained(settings: LocalizeSettings, { settings: trained }: RunRecord): LocalizeSettings {
  return { ...settings, inputSize: settings.inputSize || trained.inputSize };
}
