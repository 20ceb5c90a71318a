import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import type { Checkpoint } from '../../learn/train/types.js';
import { decodeSafetensors, encodeSafetensors } from '../../learn/weights/safetensors.js';
import type { NamedArrays } from '../../learn/weights/tensors.js';
import { writeFileAtomicSync } from '../../project/files.js';
import { keptEpochs, type RunFiles } from './files.js';

/** Name before the optimiser's part of a weight in a checkpoint. */
const MOMENTUM = 'momentum.';

/** A checkpoint as stored: with how much of the log belongs to it. */
export interface StoredCheckpoint extends Checkpoint {
  /** Finished epochs; of a segmenter, finished steps. */
  epoch: number;
  logLines: number;
}

const count = z.stringFormat('count', /^\d{1,15}$/).transform(Number);
const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});
/** Where a training stood, as a checkpoint's metadata say it. */
const positionSchema = z.object({
  epoch: count,
  logLines: count,
  state: jsonText.pipe(z.record(z.string(), z.unknown())),
});

/** The weights of a checkpoint, without the optimiser's part. */
export function weightsOf(tensors: NamedArrays): NamedArrays {
  return new Map([...tensors].filter(([name]) => !name.startsWith(MOMENTUM)));
}

/** Writes latest.safetensors. The same checkpoint gives the same bytes. */
export function writeLatest(files: RunFiles, { tensors, state, epoch, logLines }: StoredCheckpoint): void {
  const metadata = { epoch: String(epoch), logLines: String(logLines), state: JSON.stringify(state) };
  writeFileAtomicSync(files.latest, encodeSafetensors(tensors, metadata));
}

/** Writes the weights after an epoch. */
export function writeEpoch(files: RunFiles, epoch: number, tensors: NamedArrays): void {
  writeFileAtomicSync(files.epoch(epoch), encodeSafetensors(weightsOf(tensors), { epoch: String(epoch) }));
}

/** Writes the weights of a segmenter that were measured as best. */
export function writeBest(files: RunFiles, tensors: NamedArrays, best: { iteration: number; mIoU: number }): void {
  const metadata = { iteration: String(best.iteration), mIoU: String(best.mIoU) };
  writeFileAtomicSync(files.best, encodeSafetensors(tensors, metadata));
}

/** The checkpoint to go on from, or null before the first. Throws `weights-damaged`. */
export function readLatest({ latest }: RunFiles): StoredCheckpoint | null {
  if (!existsSync(latest)) return null;
  const { tensors, metadata } = decodeSafetensors(readFileSync(latest), latest);
  const position = positionSchema.safeParse(metadata);
  if (!position.success) {
    throw new StudioError({
      code: 'weights-damaged',
      message: 'this is no checkpoint of a training: it does not say where the training stood',
      file: latest,
      remedy: 'Start the training anew (--overwrite).',
    });
  }
  return { tensors, ...position.data };
}

/** Which weights of a run to use. */
export interface WeightsChoice {
  /** Epoch asked for by a person; null leaves the choice to `keep`. */
  epoch: number | null;
  /** Epoch to use where it is there; 0 for the latest. */
  keep: number;
}

/**
 * Weights of a run: of the epoch asked for, else of the epoch to keep if it was reached, else the latest.
 * Throws `run-missing` where there are none, `weights-damaged`.
 */
export function readRunWeights(
  files: RunFiles,
  { epoch, keep }: WeightsChoice,
): { weights: NamedArrays; file: string; epoch: number } {
  const kept = keptEpochs(files);
  const chosen = epoch ?? (kept.includes(keep) ? keep : null);
  const file = chosen === null ? files.latest : files.epoch(chosen);
  if (!existsSync(file)) {
    const there = kept.length > 0 ? `there are epochs ${kept.join(', ')}` : 'it has finished no epoch yet';
    throw new StudioError({
      code: 'run-missing',
      message: `the run has no weights${chosen === null ? '' : ` of epoch ${chosen}`}: ${there}`,
      file: files.folder,
      remedy: 'Choose another epoch (--epoch), or go on with the training (comask train ... --resume).',
    });
  }
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  return { weights: weightsOf(tensors), file, epoch: Number(metadata.epoch ?? 0) };
}
