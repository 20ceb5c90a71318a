import type { TrainSettings } from '../../../../shared/settings/index.js';
import { random, randomIndex, shuffled, type Random } from '../random.js';
import type { TrainingImage } from './types.js';

/** Draws the pairs of every epoch. Pure: the same epoch always gives the same pairs. */
export interface PairSampler {
  /** Images that carry a label, i.e. first images an epoch. */
  readonly count: number;
  /** Pairs of an epoch, each a pair of indices into the images, with at least one label in common. */
  pairsOf(epoch: number): [number, number][];
}

/**
 * @param images all training images; those without a label take no part
 * @param settings `image`: partner uniform among the images that share a label, the image itself only where it is the
 *   only one; `label`: a label uniform among the first image's, then an image uniform among those that carry it, the
 *   first image itself included (the published code)
 */
export function pairSampler(
  images: readonly TrainingImage[],
  settings: Pick<TrainSettings, 'seed' | 'pairs.partner'>,
): PairSampler {
  const labelled = images.map((_, index) => index).filter((index) => images[index].classes.length > 0);
  const withClass = new Map<number, number[]>();
  for (const index of labelled) {
    for (const classIndex of images[index].classes) {
      const members = withClass.get(classIndex);
      if (members) members.push(index);
      else withClass.set(classIndex, [index]);
    }
  }

  const byLabel = (first: number, rng: Random): number => {
    const { classes } = images[first];
    const members = withClass.get(classes[randomIndex(rng, classes.length)])!;
    return members[randomIndex(rng, members.length)];
  };

  /**
   * Uniform over the other images that share a label, in constant time: a label by the number of its images, then one of
   * these, taken with the probability one over the labels it shares, since it stands in as many lists.
   */
  const byImage = (first: number, rng: Random): number => {
    const { classes } = images[first];
    const lists = classes.map((classIndex) => withClass.get(classIndex)!);
    const total = lists.reduce((sum, { length }) => sum + length, 0);
    if (total === lists.length) return first;
    for (;;) {
      let place = randomIndex(rng, total);
      const list = lists.find(({ length }) => (place -= length) < 0)!;
      const drawn = list[place + list.length];
      if (drawn === first) continue;
      const sharedLabels = classes.filter((classIndex) => images[drawn].classes.includes(classIndex)).length;
      if (sharedLabels === 1 || rng() * sharedLabels < 1) return drawn;
    }
  };

  const partner = settings['pairs.partner'] === 'label' ? byLabel : byImage;
  return {
    count: labelled.length,
    pairsOf(epoch) {
      const order = shuffled(labelled, random(settings.seed, 'order', epoch));
      const rng = random(settings.seed, 'partners', epoch);
      return order.map((first) => [first, partner(first, rng)]);
    },
  };
}
