import type { TrainSettings } from '../../../../shared/settings/index.js';
import { domains, type Domain } from '../../../../shared/types.js';
import { random, randomIndex, shuffled, type Random } from '../random.js';
import type { TrainingImage } from './types.js';

/** Draws the pairs of every epoch. Pure: the same epoch always gives the same pairs. */
export interface PairSampler {
  /** First images an epoch. */
  readonly count: number;
  /** Pairs of an epoch, each a pair of indices into the images, with at least one label in common. */
  pairsOf(epoch: number): [number, number][];
}

export type PairSettings = Pick<TrainSettings, 'seed' | 'pairs.partner' | 'pairs.cross' | `pairs.first.${Domain}`>;

/** Indices of the images that carry each class. */
type Members = ReadonlyMap<number, readonly number[]>;

/** Candidates for a partner: for each label of the first image those that carry it, no list empty. */
type Lists = readonly (readonly number[])[];

function membersOf(images: readonly TrainingImage[], indices: readonly number[]): Members {
  const members = new Map<number, number[]>();
  for (const index of indices) {
    for (const classIndex of images[index].classes) {
      const known = members.get(classIndex);
      if (known) known.push(index);
      else members.set(classIndex, [index]);
    }
  }
  return members;
}

const listsOf = (members: Members, classes: readonly number[]): Lists =>
  classes.map((classIndex) => members.get(classIndex) ?? []).filter(({ length }) => length > 0);

const isAlone = (first: number, lists: Lists): boolean => lists.every((list) => list.length === 1 && list[0] === first);

/** A label uniform among those that anyone carries, then an image uniform among its. */
function byLabel(lists: Lists, rng: Random): number {
  const list = lists[randomIndex(rng, lists.length)];
  return list[randomIndex(rng, list.length)];
}

/**
 * Uniform over the other images that share a label, in constant time: a label by the number of its images, then one of
 * these, taken with the probability one over the labels it shares, since it stands in as many lists.
 */
function byImage(images: readonly TrainingImage[], first: number, lists: Lists, rng: Random): number {
  if (isAlone(first, lists)) return first;
  const { classes } = images[first];
  const total = lists.reduce((sum, { length }) => sum + length, 0);
  for (;;) {
    let place = randomIndex(rng, total);
    const list = lists.find(({ length }) => (place -= length) < 0)!;
    const drawn = list[place + list.length];
    if (drawn === first) continue;
    const sharedLabels = classes.filter((classIndex) => images[drawn].classes.includes(classIndex)).length;
    if (sharedLabels === 1 || rng() * sharedLabels < 1) return drawn;
  }
}

/** One domain's images, and who may be their partners. */
interface Group {
  domain: Domain;
  indices: number[];
  own: Members;
  others: Members;
  /** How many of them are first an epoch: `whole` times each, and `extra` of them once more. */
  whole: number;
  extra: number;
}

function groupsOf(images: readonly TrainingImage[], settings: PairSettings): Group[] {
  const labelled = images.map((_, index) => index).filter((index) => images[index].classes.length > 0);
  return domains.flatMap((domain) => {
    const indices = labelled.filter((index) => images[index].domain === domain);
    if (indices.length === 0) return [];
    const rest = labelled.filter((index) => images[index].domain !== domain);
    const times = settings[`pairs.first.${domain}`];
    const whole = Math.floor(times);
    const extra = Math.round((times - whole) * indices.length);
    return [{ domain, indices, own: membersOf(images, indices), others: membersOf(images, rest), whole, extra }];
  });
}

/**
 * Pairs within and across domains. Each image is first as often as `pairs.first.<domain>` says. Its partner is of another
 * domain with the probability `pairs.cross`, else of its own; where one side has no other image that shares a label, it
 * comes from the other side. With images of one domain nothing is drawn for that.
 *
 * @param images all training images; those without a label take no part
 * @param settings `pairs.partner=image`: uniform among the images that share a label, the image itself only where there
 *   is no other at all; `label`: a label uniform among the first image's, then an image uniform among those that carry
 *   it, within its own domain the first image itself included (the published code)
 */
export function pairSampler(images: readonly TrainingImage[], settings: PairSettings): PairSampler {
  const groups = groupsOf(images, settings);
  const groupOf = new Map(groups.map((group) => [group.domain, group]));

  const firstsOf = ({ domain, indices, whole, extra }: Group, epoch: number): number[] => [
    ...Array.from({ length: whole }, () => indices).flat(),
    ...(extra > 0 ? shuffled(indices, random(settings.seed, 'firsts', domain, epoch)).slice(0, extra) : []),
  ];

  const partnerOf = (first: number, rng: Random, domainRng: Random): number => {
    const { classes, domain } = images[first];
    const { own, others } = groupOf.get(domain)!;
    const [same, other] = [listsOf(own, classes), listsOf(others, classes)];
    const wantsCross = groups.length > 1 && domainRng() < settings['pairs.cross'];
    const lists = other.length > 0 && (wantsCross || isAlone(first, same)) ? other : same;
    return settings['pairs.partner'] === 'label' ? byLabel(lists, rng) : byImage(images, first, lists, rng);
  };

  return {
    count: groups.reduce((sum, { indices, whole, extra }) => sum + whole * indices.length + extra, 0),
    pairsOf(epoch) {
      const firsts = groups.flatMap((group) => firstsOf(group, epoch));
      const order = shuffled(firsts, random(settings.seed, 'order', epoch));
      const rng = random(settings.seed, 'partners', epoch);
      const domainRng = random(settings.seed, 'partner-domains', epoch);
      return order.map((first) => [first, partnerOf(first, rng, domainRng)]);
    },
  };
}
