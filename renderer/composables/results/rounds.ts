import type { EvaluationSummary } from '../../../shared/api/index.js';

/**
 * The evaluations that can stand in one line with a given one: of the same kind of set, split and reference, in the order of
 * time. Round by round they tell what fixing masks and training again has brought.
 */
export function roundsOf(evaluations: readonly EvaluationSummary[], name: string): EvaluationSummary[] {
  const shown = evaluations.find((one) => one.name === name);
  if (!shown) return [];
  return evaluations
    .filter(({ kind, split, against }) => kind === shown.kind && split === shown.split && against === shown.against)
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}
