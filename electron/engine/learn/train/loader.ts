import type { TrainSettings } from '../../../../shared/settings/index.js';
import { lookAt, viewKey } from './looks.js';
import { needsPhoto, type KeptFeatures } from './lower.js';
import type { PairSampler } from './pairs.js';
import { prepareBatch, type PairToPrepare, type PreparedBatch } from './prepared.js';
import type { TrainingImage } from './types.js';
import type { PhotoPairs } from './unreadable.js';

/** What batches are made of. */
export interface LoaderSources {
  images: readonly TrainingImage[];
  sampler: PairSampler;
  photos: PhotoPairs;
  kept: KeptFeatures | null;
}

/**
 * Makes the batches of a training, any step's at any time. Photos are read, framed and jittered; one of which everything is
 * kept is not even read.
 */
export function batchLoader(
  { images, sampler, photos, kept }: LoaderSources,
  settings: TrainSettings,
): (epoch: number, step: number) => Promise<PreparedBatch> {
  let drawn: { epoch: number; pairs: [number, number][] } | undefined;
  const pairsOf = (epoch: number): [number, number][] => {
    if (drawn?.epoch !== epoch) drawn = { epoch, pairs: sampler.pairsOf(epoch) };
    return drawn.pairs;
  };
  const views = settings['pairs.self'];
  const needs = ({ looks: [first, second] }: Pick<PairToPrepare, 'looks'>): [boolean, boolean] => {
    const ofFirst = [first.key, ...views.map((view) => first.key && viewKey(view, first.key))];
    return [needsPhoto(kept, ofFirst), needsPhoto(kept, [second.key])];
  };

  return async (epoch, step) => {
    const wanted = pairsOf(epoch)
      .slice(step * settings.batchSize, (step + 1) * settings.batchSize)
      .map((pair, slot) => {
        const [first, second] = pair.map((index) => images[index]);
        const looks = [first, second].map(({ id }, side) => lookAt(settings, id, [epoch, step, slot, side]));
        return { images: [first, second] as const, looks: [looks[0], looks[1]] as const };
      });
    const read = await photos.read(
      wanted.map((pair) => pair.images),
      wanted.map(needs),
    );
    const readable = wanted.flatMap((pair, i) => {
      const own = read[i];
      return own ? [{ ...pair, photos: own }] : [];
    });
    return prepareBatch(readable, settings);
  };
}
