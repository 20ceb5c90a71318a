import type { referenceStrategies } from '../../../../../shared/settings/index.js';
import { randomIndex, shuffled } from '../../random.js';
import { similarity, type ReferenceRequest, type ReferenceStrategy } from './types.js';

/** Uniform among the images of the class, with or without replacement. */
const random: ReferenceStrategy = {
  name: 'random',
  needsDescriptors: false,
  choose({ candidates, count, rng }, settings) {
    if (candidates.length === 0) return [];
    if (!settings['references.replacement']) return shuffled(candidates, rng).slice(0, count);
    return Array.from({ length: count }, () => candidates[randomIndex(rng, candidates.length)]);
  },
};

/** Ids by descending score; equal scores in order of id, so that the choice is the same everywhere. */
function ranked(ids: readonly string[], scoreOf: (id: string) => number): string[] {
  return ids
    .map((id) => ({ id, score: scoreOf(id) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** The images of the class whose pooled features are nearest to the image's. */
const similar: ReferenceStrategy = {
  name: 'similar',
  needsDescriptors: true,
  choose({ id, candidates, count, descriptorOf }) {
    const own = descriptorOf(id);
    return ranked(candidates, (other) => similarity(own, descriptorOf(other))).slice(0, count);
  },
};

/**
 * K-centre greedy (Gonzalez, 1985): first the image nearest to the class's mean, then again and again the one that is
 * farthest from all chosen so far. The same set for every image of a class.
 */
export function diverseSet(
  candidates: readonly string[],
  count: number,
  descriptorOf: ReferenceRequest['descriptorOf'],
): string[] {
  if (candidates.length === 0) return [];
  const mean = new Float32Array(descriptorOf(candidates[0]).length);
  for (const id of candidates) descriptorOf(id).forEach((value, i) => (mean[i] += value / candidates.length));
  const chosen = ranked(candidates, (id) => similarity(mean, descriptorOf(id))).slice(0, 1);
  const nearest = new Map(candidates.map((id) => [id, similarity(descriptorOf(id), descriptorOf(chosen[0]))]));
  while (chosen.length < Math.min(count, candidates.length)) {
    const rest = candidates.filter((id) => !chosen.includes(id));
    const [next] = ranked(rest, (id) => -nearest.get(id)!);
    chosen.push(next);
    for (const id of rest) {
      nearest.set(id, Math.max(nearest.get(id)!, similarity(descriptorOf(id), descriptorOf(next))));
    }
  }
  return chosen;
}

const diverse: ReferenceStrategy = {
  name: 'diverse',
  needsDescriptors: true,
  choose: ({ candidates, count, descriptorOf }) => diverseSet(candidates, count, descriptorOf),
};

/** The stored set of the image and class, else the class's; an image without one has no references. */
const fixed: ReferenceStrategy = {
  name: 'fixed',
  needsDescriptors: false,
  choose: ({ fixed: stored, candidates, count }) => stored.filter((id) => candidates.includes(id)).slice(0, count),
};

/** Every strategy by the name that settings use. */
export const strategies: Record<(typeof referenceStrategies)[number], ReferenceStrategy> = {
  random,
  similar,
  diverse,
  fixed,
};
