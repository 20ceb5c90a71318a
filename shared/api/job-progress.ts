import type { Job } from './jobs.js';

/** Share of a job's work that is done, 0..1; null before it is known. Epochs count alike. */
export function shareDone({ progress }: Pick<Job, 'progress'>): number | null {
  if (!progress || progress.total <= 0) return null;
  const within = Math.min(1, Math.max(0, progress.done / progress.total));
  const [, epoch, epochs] = /^epoch (\d+) of (\d+)$/.exec(progress.stage) ?? [];
  return epoch ? (Number(epoch) - 1 + within) / Number(epochs) : within;
}
