import type { RgbImage } from '../../../../shared/types.js';
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

/** A pair to be made part of a batch. */
export interface PairToPrepare {
  images: readonly [TrainingImage, TrainingImage];
  looks: readonly [Look, Look];
  /** Each photo as it is seen, the first also in the views of self pairs; null where everything made of it is kept. */
  photos: readonly [readonly RgbImage[] | null, readonly RgbImage[] | null];
}

/** @param selfPairs names of the views */
export function prepareBatch(pairs: readonly PairToPrepare[], selfPairs: readonly string[]): PreparedBatch {
  const side = (at: 0 | 1): PreparedBatch['first'] =>
    pairs.map(({ images, looks, photos }) => ({
      image: images[at],
      photo: photos[at] && photos[at][0],
      key: looks[at].key,
    }));
  const views = selfPairs.map((name, i) => ({
    name,
    photos: pairs.map(({ looks: [{ key }], photos: [first] }) => ({
      photo: first && first[i + 1],
      key: key && viewKey(name, key),
    })),
  }));
  return { first: side(0), second: side(1), views };
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
