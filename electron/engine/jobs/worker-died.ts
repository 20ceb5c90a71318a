import { StudioError } from '../../../shared/errors.js';

/** The worker is gone without a word: what files it finished are whole, since every file is written atomically. */
export function workerDied(reason: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'internal',
      message: `the worker stopped unexpectedly: ${reason}`,
      remedy:
        'What it had saved is whole. Start it again to go on from there (comask: the same command, a training with --resume).',
    },
    { cause },
  );
}
