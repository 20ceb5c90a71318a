import type { TrainSettings } from '../../../../shared/settings/index.js';
import { lookAt, viewKey } from './looks.js';
import { needsPhoto, type KeptFeatures } from './lower.js';
import type { PairSampler } from './pairs.js';
import { prepareBatch, type PreparedBatch } from './prepared.js';
import type { SeePhoto } from './seen.js';
import type { TrainingImage } from './types.js';
import type { PhotoPairs } from './unreadable.js';

/** What batches are made of. */
export interface LoaderSources {
  images: readonly TrainingImage[];
  sampler: PairSampler;
  photos: PhotoPairs;
  see: SeePhoto;
  kept: KeptFeatures | null;
}

/**
 * Makes the batches of a training, any step's at any time. A photo of which everything is kept is not even read. All others
 * are asked for before the first one is waited for: the thread that asks is soon taken by the step before.
 */
export function batchLoader(
  { images, sampler, photos, see, kept }: LoaderSources,
  settings: TrainSettings,
): (epoch: number, step: number) => Promise<PreparedBatch> {
  let drawn: { epoch: number; pairs: [number, number][] } | undefined;
  const pairsOf = (epoch: number): [number, number][] => {
    if (drawn?.epoch !== epoch) drawn = { epoch, pairs: sampler.pairsOf(epoch) };
    return drawn.pairs;
  };
  const selfPairs = settings['pairs.self'];
  const keysOf = (key: string, withViews: boolean): string[] =>
    withViews ? [key, ...selfPairs.map((view) => viewKey(view, key))] : [key];

  return async (epoch, step) => {
    const wanted = pairsOf(epoch)
      .slice(step * settings.batchSize, (step + 1) * settings.batchSize)
      .map(([a, b], slot) => {
        const pair = [images[a], images[b]] as const;
        const look = (side: 0 | 1) => lookAt(settings, pair[side].id, [epoch, step, slot, side]);
        return { images: pair, looks: [look(0), look(1)] as const };
      });
    const read = await photos.read(
      wanted.map((pair) => pair.images),
      (slot, side) => {
        const { images: pair, looks } = wanted[slot];
        const { key, purpose } = looks[side];
        const isFirst = side === 0;
        const isNeeded = key === undefined || needsPhoto(kept, keysOf(key, isFirst));
        return isNeeded ? see(pair[side].id, purpose, isFirst) : null;
      },
    );
    const readable = wanted.flatMap((pair, slot) => {
      const own = read[slot];
      return own ? [{ ...pair, photos: own }] : [];
    });
    return prepareBatch(readable, selfPairs);
  };
}
