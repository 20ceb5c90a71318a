import type { RgbImage } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { mirror } from '../../images/index.js';
import type { Random } from '../random.js';
import { reframe, squash } from './augment.js';
import type { TrainingImage } from './types.js';

/** Photos of a batch of pairs as training sees them, in plain memory: made while the step before is computed. */
export interface PreparedBatch {
  first: { image: TrainingImage; photo: RgbImage }[];
  second: { image: TrainingImage; photo: RgbImage }[];
  /** For each self pair, the first images in another view. */
  views: { name: string; photos: RgbImage[] }[];
}

/** A self-pair view of a reframed photo: its mirror image, or another size relative to the input size. */
function viewOf(photo: RgbImage, view: string, settings: TrainSettings, rng: Random): RgbImage {
  if (view === 'mirror') return mirror(squash(photo, settings.inputSize, settings, rng));
  return squash(photo, Math.round(settings.inputSize * Number(view)), settings, rng);
}

/**
 * Frames, squashes and jitters the photos of a batch.
 *
 * @param randomOf a stream of its own for each image of the batch
 */
export function prepareBatch(
  pairs: readonly (readonly [TrainingImage, TrainingImage])[],
  photos: readonly (readonly [RgbImage, RgbImage])[],
  settings: TrainSettings,
  randomOf: (slot: number, side: number) => Random,
): PreparedBatch {
  const batch: PreparedBatch = {
    first: [],
    second: [],
    views: settings['pairs.self'].map((name) => ({ name, photos: [] })),
  };
  pairs.forEach(([first, second], slot) => {
    const rngs = [randomOf(slot, 0), randomOf(slot, 1)];
    const framed = photos[slot].map((photo, side) => reframe(photo, settings, rngs[side]));
    const squashed = framed.map((photo, side) => squash(photo, settings.inputSize, settings, rngs[side]));
    batch.first.push({ image: first, photo: squashed[0] });
    batch.second.push({ image: second, photo: squashed[1] });
    for (const view of batch.views) view.photos.push(viewOf(framed[0], view.name, settings, rngs[0]));
  });
  return batch;
}

/** Consecutive pairs of a batch, at most `size` in each part; 0: all of them in one. */
export function microBatches(batch: PreparedBatch, size: number): PreparedBatch[] {
  const count = batch.first.length;
  if (size === 0 || size >= count) return [batch];
  return Array.from({ length: Math.ceil(count / size) }, (_, part) => {
    const rows = [part * size, (part + 1) * size] as const;
    return {
      first: batch.first.slice(...rows),
      second: batch.second.slice(...rows),
      views: batch.views.map(({ name, photos }) => ({ name, photos: photos.slice(...rows) })),
    };
  });
}
