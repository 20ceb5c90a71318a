import type { OnProgress } from '../../../../shared/progress.js';
import type { Domain, RgbImage } from '../../../../shared/types.js';
import type { Tf } from '../runtime/tensorflow.js';
import type { NamedArrays } from '../weights/tensors.js';
import type { SeePhoto } from './seen.js';

/** One image that takes part in training. */
export interface TrainingImage {
  id: string;
  /** Image-level labels, 0-based. */
  classes: number[];
  domain: Domain;
  /** Weights in 0..1 of labels that count less than fully, by class. */
  labelWeights?: Readonly<Record<number, number>>;
}

/** All that a training needs to go on: weights and `momentum.<weight>` by name, and where it stands. */
export interface Checkpoint {
  tensors: NamedArrays;
  /** Plain JSON. */
  state: Record<string, unknown>;
}

export interface TrainingInputs {
  tf: Tf;
  images: readonly TrainingImage[];
  classCount: number;
  readPhoto(id: string): Promise<RgbImage>;
  /** Reads and prepares photos elsewhere, with the settings of the training; absent where this thread is to do it. */
  see?: SeePhoto;
  /** Weights of the backbone by name; null where it starts from nothing. */
  backboneWeights: NamedArrays | null;
  /** Checkpoint to go on from. */
  resume: Checkpoint | null;
}

export interface TrainingEvents {
  onProgress: OnProgress;
  /** One line of the training's log, once a step. */
  onLog(entry: Record<string, unknown>): void;
  /** @param epoch number of finished epochs */
  onCheckpoint(checkpoint: Checkpoint, reason: 'epoch' | 'interrupt', epoch: number): void;
  /** After the checkpoint of an epoch, which the training waits for: a look at what it has learnt. */
  onEpoch?(checkpoint: Checkpoint, epoch: number): Promise<void>;
}
