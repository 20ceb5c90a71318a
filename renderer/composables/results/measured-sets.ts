import type { AnswerOf, api } from '../../../shared/api/index.js';
import { originsOf } from '../../../shared/lineage.js';
import type { ShownSets } from './panes.js';

type Sets = AnswerOf<typeof api.sets.list>['sets'];

/** Maps and saliency of an evaluation: what it measured, or what the measured masks or predictions came from. */
export function measuredSets(sets: Sets, evaluation: string | null): ShownSets {
  const of = sets.find(({ kind, name }) => kind === 'evaluation' && name === evaluation)?.parents[0];
  if (!of) return { maps: null, saliency: null };
  const known = new Map(sets.map((set) => [`${set.kind} ${set.name}`, set.parents]));
  const { maps = null, saliency = null } = originsOf(of, ({ kind, name }) => known.get(`${kind} ${name}`) ?? []);
  return { maps, saliency };
}
