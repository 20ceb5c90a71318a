import { computed, type ComputedRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useAnswer, type Answer } from '../useAnswer.js';
import { rankingOf, type ResultQuery } from './result-query.js';

export type ResultImage = AnswerOf<typeof api.evaluations.image>;
type Neighbour = { id: string; at: number } | null;

interface Shown {
  detail: Answer<ResultImage>;
  /** Images before and after it in the order that was left; null at the ends. */
  before: ComputedRef<Neighbour>;
  after: ComputedRef<Neighbour>;
  total: ComputedRef<number | null>;
}

/** One image of an evaluation, and those beside it in the order of the address. */
export function useResultImage(project: () => string, id: () => string, at: () => number, query: () => ResultQuery): Shown {
  const jobs = useJobs();
  const name = (): string => query().evaluation ?? '';
  const detail = useAnswer(
    () => `${project()} ${name()} ${id()} ${jobs.changes.sets}`,
    () => engine.call(api.evaluations.image, { params: { project: project(), name: name(), id: id() } }),
  );
  const first = (): number => Math.max(0, at() - 1);
  const around = useAnswer(
    () => JSON.stringify([project(), name(), at(), rankingOf(query())]),
    async () => {
      const offset = first();
      const params = { project: project(), name: name() };
      const page = await engine.call(api.evaluations.images, { params, query: { ...rankingOf(query()), offset, limit: 3 } });
      return { offset, ...page };
    },
  );
  const beside = (step: number) =>
    computed((): Neighbour => {
      const found = around.value.value;
      const place = at() + step;
      const item = found?.images[place - found.offset];
      return item && place >= 0 ? { id: item.score.id, at: place } : null;
    });
  return { detail, before: beside(-1), after: beside(1), total: computed(() => around.value.value?.total ?? null) };
} // prettier-ignore
