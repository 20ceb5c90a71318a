import { existsSync } from 'node:fs';
import { trainSettings, type Preset, type TrainSettings } from '../../../../shared/settings/index.js';
import { weightsPath } from '../../learn/weights/catalogue/find.js';
import { runFiles } from './files.js';
import type { RunMode } from './open.js';
import { readRunRecord } from './record.js';

/** What a person asks of a training; what is left out is not asked for. */
export interface TrainingRequest {
  mode: RunMode;
  preset?: Preset;
  overrides: Partial<TrainSettings>;
  /** File or folder, or a name of the catalogue. */
  weights?: string;
  split?: string;
}

export interface TrainingPlan {
  preset: Preset;
  settings: TrainSettings;
  /** Absolute. */
  weights: string | null;
  split: string | null;
}

/**
 * All values of a training: what is asked for over the preset's, or, to go on with a run that is there, over those it
 * was started with. So `--resume` alone goes on, and anything asked for otherwise shows up as a difference.
 */
export function planTraining(
  runFolder: string,
  { mode, preset, overrides, ...request }: TrainingRequest,
): TrainingPlan {
  const files = runFiles(runFolder);
  const weights = request.weights === undefined ? undefined : weightsPath(request.weights);
  if (mode !== 'resume' || !existsSync(files.settings)) {
    return {
      preset: preset ?? 'studio',
      settings: trainSettings.resolve(overrides, preset),
      weights: weights ?? null,
      split: request.split ?? null,
    };
  }
  const started = readRunRecord(files);
  return {
    preset: preset ?? started.preset,
    settings: preset ? trainSettings.resolve(overrides, preset) : { ...started.settings, ...overrides },
    weights: weights ?? started.weights,
    split: request.split ?? started.split,
  };
}
