import { z } from 'zod';
import { StudioError } from '../../../../shared/errors.js';
import type { Checkpoint } from '../train/types.js';

const count = z.number().int().min(0);

const positionSchema = z.object({
  /** Steps that are done. */
  iteration: count,
  /** Steps after which the weights were last measured. */
  measured: count,
  /** The best measuring so far; null before the first. */
  best: z.object({ iteration: count, mIoU: z.number() }).nullable(),
});

/** Where the training of a segmenter stands; every random choice follows from this and the seed. */
export type SegmentPosition = z.infer<typeof positionSchema>;

export const startPosition: SegmentPosition = { iteration: 0, measured: 0, best: null };

/** The position in a checkpoint; throws `weights-damaged` where it holds none. */
export function segmentPositionOf({ state }: Checkpoint): SegmentPosition {
  const { success, data } = positionSchema.safeParse(state);
  if (success) return data;
  throw new StudioError({
    code: 'weights-damaged',
    message: 'the checkpoint does not say where its training stands',
    remedy: 'Train it anew (--overwrite), or under another name.',
  });
}
