import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Files of a run's folder, runs/<name>/ of a project. */
export interface RunFiles {
  folder: string;
  /** How it was started: run/record.ts. */
  settings: string;
  /** One JSON object a line, one line a step. */
  log: string;
  /** What it ended with. */
  metrics: string;
  /** Held while a program trains this run. */
  lock: string;
  checkpoints: string;
  /** Maps of a few images after each epoch: run/previews.ts. */
  previews: string;
  /** What its images are compared by: run/descriptors.ts. */
  descriptors: string;
  /** Everything that going on needs: weights, optimiser and where it stands. */
  latest: string;
  /** Of a segmenter: the weights that were measured as best. */
  best: string;
  /** Weights after `epoch` finished epochs. */
  epoch(epoch: number): string;
}

const EPOCH_FILE = /^epoch-(\d{3,})\.safetensors$/;

export function runFiles(folder: string): RunFiles {
  const checkpoints = path.join(folder, 'checkpoints');
  return {
    folder,
    settings: path.join(folder, 'settings.json'),
    log: path.join(folder, 'log.jsonl'),
    metrics: path.join(folder, 'metrics.json'),
    lock: path.join(folder, 'run.lock'),
    checkpoints,
    previews: path.join(folder, 'previews'),
    descriptors: path.join(folder, 'descriptors.safetensors'),
    latest: path.join(checkpoints, 'latest.safetensors'),
    best: path.join(checkpoints, 'best.safetensors'),
    epoch: (epoch) => path.join(checkpoints, `epoch-${String(epoch).padStart(3, '0')}.safetensors`),
  };
}

/** Numbers of finished epochs whose weights are kept, ascending. */
export function keptEpochs({ checkpoints }: RunFiles): number[] {
  if (!existsSync(checkpoints)) return [];
  const matches = readdirSync(checkpoints).map((file) => EPOCH_FILE.exec(file));
  return matches.flatMap((match) => (match ? [Number(match[1])] : [])).sort((a, b) => a - b);
}
