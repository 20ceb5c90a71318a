import type { RgbImage } from '../../../../shared/types.js';
import type { TrainSettings } from '../../../../shared/settings/index.js';
import { mirror } from '../../images/index.js';
import type { Random } from '../random.js';
import { reframe, squash } from './augment.js';
import { viewKey, type Look } from './looks.js';
import type { TrainingImage } from './types.js';

/** A photo as a step sees it: its pixels, or what is kept of it. */
export interface Seen {
  /** Null where what the frozen stages make of it is kept under `key`. */
  photo: RgbImage | null;
  key?: string;
}

/** Photos of a batch of pairs as training sees them, in plain memory: made while the step before is computed. */
export interface PreparedBatch {
  first: ({ image: TrainingImage } & Seen)[];
  second: ({ image: TrainingImage } & Seen)[];
  /** For each self pair, the first images in another view. */
  views: { name: string; photos: Seen[] }[];
}

/** A pair to be made part of a batch; a photo is null where everything that is made of it is kept. */
export interface PairToPrepare {
  images: readonly [TrainingImage, TrainingImage];
  looks: readonly [Look, Look];
  photos: readonly [RgbImage | null, RgbImage | null];
}

/** A self-pair view of a reframed photo: its mirror image, or another size relative to the input size. */
function viewOf(photo: RgbImage, view: string, settings: TrainSettings, rng: Random): RgbImage {
  if (view === 'mirror') return mirror(squash(photo, settings.inputSize, settings, rng));
  return squash(photo, viewSize(view, settings.inputSize), settings, rng);
}

/** Side of the square that a self-pair view is seen at, px. */
export const viewSize = (view: string, inputSize: number): number =>
  view === 'mirror' ? inputSize : Math.round(inputSize * Number(view));

/** Frames, squashes and jitters the photos of a batch. */
export function prepareBatch(pairs: readonly PairToPrepare[], settings: TrainSettings): PreparedBatch {
  const batch: PreparedBatch = {
    first: [],
    second: [],
    views: settings['pairs.self'].map((name) => ({ name, photos: [] })),
  };
  for (const { images, looks, photos } of pairs) {
    const framed = photos.map((photo, side) => photo && reframe(photo, settings, looks[side].rng));
    const seen = framed.map((photo, side) => ({
      image: images[side],
      photo: photo && squash(photo, settings.inputSize, settings, looks[side].rng),
      key: looks[side].key,
    }));
    batch.first.push(seen[0]);
    batch.second.push(seen[1]);
    const { rng, key } = looks[0];
    for (const { name, photos: ofView } of batch.views) {
      const photo = framed[0] && viewOf(framed[0], name, settings, rng);
      ofView.push({ photo, key: key === undefined ? undefined : viewKey(name, key) });
    }
  }
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
