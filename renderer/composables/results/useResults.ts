import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api, type AnswerOf, type EvaluationSummary } from '../../../shared/api/index.js';
import { lineOf, type RoundOfLine } from '../../../shared/rounds.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useAnswer, type Answer } from '../useAnswer.js';
import { queryOfResult, resultQueryOf, type ResultQuery } from './result-query.js';

export type EvaluationFigures = AnswerOf<typeof api.evaluations.figures>;
export type EvaluationComparison = AnswerOf<typeof api.evaluations.compare>;

interface Results {
  list: Answer<AnswerOf<typeof api.evaluations.list>>;
  query: ComputedRef<ResultQuery>;
  /** The measurings that stand in one line with the evaluation that is looked at. */
  rounds: ComputedRef<RoundOfLine[]>;
  /** The evaluation that is looked at: that of the address, else the latest. */
  shown: ComputedRef<EvaluationSummary | null>;
  figures: Answer<EvaluationFigures>;
  comparison: Answer<EvaluationComparison>;
  /** Changes parts of the address. */
  change(parts: Partial<ResultQuery>): void;
}

/** The evaluations of a project, and the one that the address names. */
export function useResults(project: () => string): Results {
  const [route, router, jobs] = [useRoute(), useRouter(), useJobs()];
  const query = computed(() => resultQueryOf(route.query));
  const list = useAnswer(
    () => `${project()} ${jobs.changes.sets}`,
    () => engine.call(api.evaluations.list, { params: { project: project() } }),
  );
  const shown = computed(() => {
    const all = list.value.value?.evaluations ?? [];
    return all.find(({ name }) => name === query.value.evaluation) ?? all[0] ?? null;
  });
  const noted = useAnswer(
    () => `${project()} ${jobs.changes.sets}`,
    () => engine.call(api.evaluations.rounds, { params: { project: project() } }),
  );
  const rounds = computed(() => (shown.value ? lineOf(noted.value.value?.rounds ?? [], shown.value) : []));
  const at = (): { project: string; name: string } => ({ project: project(), name: shown.value!.name });
  /** An evaluation that was made again is another one. */
  const which = (): string => `${project()} ${shown.value!.name} ${shown.value!.createdAt}`;
  const figures = useAnswer(
    () => shown.value && which(),
    () => engine.call(api.evaluations.figures, { params: at() }),
  );
  const baseline = computed(() => {
    const name = query.value.baseline;
    return name !== shown.value?.name && list.value.value?.evaluations.some((one) => one.name === name) ? name : null;
  });
  const comparison = useAnswer(
    () => (baseline.value === null ? null : `${which()} ${baseline.value}`),
    () => engine.call(api.evaluations.compare, { params: at(), query: { baseline: baseline.value! } }),
  );
  const change = (parts: Partial<ResultQuery>): void =>
    void router.replace({ query: queryOfResult({ ...query.value, evaluation: shown.value?.name ?? null, ...parts }) });
  return { list, query, rounds, shown, figures, comparison, change };
}
