import type { AnswerOf, api } from '../../../shared/api/index.js';
import type { ShownSets } from './panes.js';

type Sets = AnswerOf<typeof api.sets.list>['sets'];

/** Maps and saliency of an evaluation: what it measured, or what the measured masks were made from. */
export function measuredSets(sets: Sets, evaluation: string | null): ShownSets {
  const of = sets.find(({ kind, name }) => kind === 'evaluation' && name === evaluation)?.parents[0];
  if (!of) return { maps: null, saliency: null };
  const made = sets.find(({ kind, name }) => kind === of.kind && name === of.name);
  const named = (kind: string): string | null =>
    of.kind === kind ? of.name : (made?.parents.find((one) => one.kind === kind)?.name ?? null);
  return { maps: named('maps'), saliency: named('saliency') };
}
