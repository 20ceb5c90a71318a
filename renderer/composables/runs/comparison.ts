import type { AnswerOf, api } from '../../../shared/api/index.js';
import { sameValue, type Values } from './setting-form.js';

export type Run = AnswerOf<typeof api.runs.list>['runs'][number];
export type MadeSet = AnswerOf<typeof api.sets.list>['sets'][number];

/** A figure or setting of several runs side by side; undefined where a run lacks it. */
export interface ComparedRow {
  key: string;
  values: unknown[];
}

/** Settings in which runs differ, and what else they were started with. */
export function differingSettings(
  runs: readonly Pick<Run, 'preset' | 'settings' | 'weights' | 'split' | 'images'>[],
): ComparedRow[] {
  // prettier-ignore
  const all = runs.map(({ preset, weights, split, images, settings }): Values => ({ preset, weights, split, images, ...settings })); // prettier-ignore
  const keys = [...new Set(all.flatMap((values) => Object.keys(values)))];
  return keys
    .map((key) => ({ key, values: all.map((values) => values[key]) }))
    .filter(({ values }) => values.some((value) => !sameValue(value, values[0])));
}

/** Which of numbers is best: lower for losses, higher for the rest. -1 where there are not two different ones. */
export function bestOf(values: readonly unknown[], lowerIsBetter: boolean): number {
  const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (new Set(numbers).size < 2) return -1;
  return values.indexOf(lowerIsBetter ? Math.min(...numbers) : Math.max(...numbers));
}

/** Evaluations of what a run has led to: of its maps, and of masks and the like made from those. */
export function evaluationsOf(run: string, sets: readonly MadeSet[]): MadeSet[] {
  const reached = new Set([`run ${run}`]);
  // Sets may stand in any order; each round reaches those made from what is reached.
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { kind, name, parents } of sets) {
      if (parents.some((parent) => reached.has(`${parent.kind} ${parent.name}`))) reached.add(`${kind} ${name}`);
    }
  }
  return sets.filter(({ kind, name }) => kind === 'evaluation' && reached.has(`${kind} ${name}`));
}
