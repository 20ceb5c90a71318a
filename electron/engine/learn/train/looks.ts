import type { TrainSettings } from '../../../../shared/settings/index.js';
import { random, randomIndex } from '../random.js';

/** Names the stream of random numbers that the augmentation of a photo is drawn from, beside the seed. */
export type Purpose = readonly (string | number)[];

/** How a photo is to be seen in a step. */
export interface Look {
  purpose: Purpose;
  /** What is kept of it is kept under this; absent where no other step will see it like this. */
  key?: string;
}

export type LookSettings = Pick<TrainSettings, 'seed' | `augment.${'jitter' | 'mirror' | 'crop' | 'variants'}`>;

/** In how many ways a photo may look in a training; 0 where it looks otherwise every time. */
export function variantsOf(settings: LookSettings): number {
  const changes =
    settings['augment.jitter'].some((share) => share > 0) || settings['augment.mirror'] || settings['augment.crop'] > 0;
  return changes ? settings['augment.variants'] : 1;
}

/**
 * The look of an image at a place of the training.
 *
 * @param place epoch, step, pair of the batch, side of the pair
 */
export function lookAt(settings: LookSettings, id: string, place: readonly number[]): Look {
  const purpose = ['augment', ...place];
  const variants = variantsOf(settings);
  if (variants === 0) return { purpose };
  const variant = randomIndex(random(settings.seed, ...purpose), variants);
  return { purpose: ['variant', variant, id], key: `${variant} ${id}` };
}

/** The key of another view of a look. */
export const viewKey = (view: string, key: string): string => `${view} ${key}`;
