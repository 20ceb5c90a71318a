import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import {
  api,
  imageQuerySchema,
  type AnswerOf,
  type ReferenceCandidate,
  type RequestOf,
} from '../../../shared/api/index.js';
import { errorDetails } from '../../../shared/errors.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';
import type { ImageFilter } from '../image-filter.js';

export type CandidateOrder = NonNullable<AskedFor['order']>;
type AskedFor = NonNullable<Parameters<typeof ask>[1]>;

const ask = (project: string, query: RequestOf<typeof api.references.candidates>['query']) =>
  engine.call(api.references.candidates, { params: { project }, query });

interface Asked {
  run: string | null;
  classIndex: number;
  imageId: string;
  order: CandidateOrder;
  /** Only images that it leaves are offered; how it sorts does not count. */
  filter: ImageFilter;
}

export interface Candidates {
  list: ShallowRef<readonly ReferenceCandidate[] | null>;
  byId: ComputedRef<ReadonlyMap<string, ReferenceCandidate> | null>;
  total: ShallowRef<number>;
  /** Images have not been compared by this run. */
  uncompared: ShallowRef<boolean>;
  error: ShallowRef<unknown>;
  compare(): Promise<void>;
  /** So many images, as far from each other as can be. */
  suggest(count: number): Promise<string[]>;
}

/** Images to choose references from, as the engine orders them; asked for again when what they depend on changes. */
export function useCandidates(project: MaybeRefOrGetter<string>, asked: MaybeRefOrGetter<Asked>): Candidates {
  const [jobs, notices] = [useJobs(), useNotices()];
  const list = shallowRef<readonly ReferenceCandidate[] | null>(null);
  const total = shallowRef(0);
  const uncompared = shallowRef(false);
  const error = shallowRef<unknown>(null);
  const query = computed(() => {
    const { run, classIndex, imageId, order, filter } = toValue(asked);
    if (run === null) return null;
    const image = order === 'similar' && imageId ? { imageId } : {};
    return { ...imageQuerySchema.parse(filter), run, classIndex, order, ...image };
  });
  let latest = 0;
  watch(
    [() => toValue(project), () => JSON.stringify(query.value), () => jobs.changes.references] as const,
    async ([name]) => {
      const mine = ++latest;
      if (query.value === null) return void (list.value = null);
      try {
        const found: AnswerOf<typeof api.references.candidates> = await ask(name, query.value);
        if (mine !== latest) return;
        [list.value, total.value, uncompared.value, error.value] = [found.candidates, found.total, false, null];
      } catch (reason) {
        if (mine !== latest) return;
        const missing = errorDetails(reason).code === 'set-missing';
        [list.value, uncompared.value, error.value] = [null, missing, missing ? null : reason];
      }
    },
    { immediate: true },
  );
  return {
    list,
    total,
    uncompared,
    error,
    byId: computed(() => list.value && new Map(list.value.map((one) => [one.id, one]))),
    async compare() {
      const { run } = toValue(asked);
      if (run === null) return;
      const body = { kind: 'describe', run } as const;
      await notices.attempt(() => engine.call(api.jobs.add, { params: { project: toValue(project) }, body }));
    },
    async suggest(count) {
      if (query.value === null) return [];
      const found = await ask(toValue(project), { ...query.value, order: 'diverse', limit: count });
      return found.candidates.map(({ id }) => id);
    },
  };
}
