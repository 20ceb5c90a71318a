import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';

type StoredSet = AnswerOf<typeof api.references.list>['sets'][number];

/** Changes that can be taken back. */
const STEPS = 100;

interface Scope {
  project: MaybeRefOrGetter<string>;
  classIndex: MaybeRefOrGetter<number>;
  /** Image that the set is for; null for the set of the class. */
  imageId: MaybeRefOrGetter<string | null>;
}

export interface ReferenceSetEdit {
  stored: ShallowRef<readonly StoredSet[]>;
  ids: ComputedRef<readonly string[]>;
  /** The set before the last change; null before there was one. */
  before: ComputedRef<readonly string[] | null>;
  has(id: string): boolean;
  replace(ids: readonly string[]): Promise<void>;
  toggle(id: string): Promise<void>;
  undo(): Promise<void>;
}

/** A reference set that a person changes: every change is stored at once, and can be taken back. */
export function useReferenceSet({ project, classIndex, imageId }: Scope): ReferenceSetEdit {
  const [jobs, notices] = [useJobs(), useNotices()];
  const stored = shallowRef<readonly StoredSet[]>([]);
  const history = shallowRef<readonly (readonly string[])[]>([]);
  const scope = computed(() => ({ classIndex: toValue(classIndex), imageId: toValue(imageId) ?? undefined }));
  const key = computed(() => JSON.stringify(scope.value));

  watch(
    [() => toValue(project), () => jobs.changes.references] as const,
    ([name]) =>
      void notices.attempt(async () => {
        stored.value = (await engine.call(api.references.list, { params: { project: name } })).sets;
      }),
    { immediate: true },
  );
  watch([() => toValue(project), key], () => (history.value = []));

  const isOwn = (set: StoredSet): boolean =>
    set.classIndex === scope.value.classIndex && set.imageId === scope.value.imageId;
  const ids = computed(() => stored.value.find(isOwn)?.references ?? []);

  async function store(next: readonly string[]): Promise<void> {
    const others = stored.value.filter((set) => !isOwn(set));
    const [was, body] = [stored.value, { ...scope.value, references: [...next] }];
    stored.value = next.length > 0 ? [...others, body] : others;
    const went = await notices.attempt(() =>
      engine.call(api.references.set, { params: { project: toValue(project) }, body }),
    );
    if (!went) stored.value = was;
  }
  async function replace(next: readonly string[]): Promise<void> {
    if (JSON.stringify(next) === JSON.stringify(ids.value)) return;
    history.value = [...history.value, ids.value].slice(-STEPS);
    await store(next);
  }
  const has = (id: string): boolean => ids.value.includes(id);

  return {
    stored,
    ids,
    before: computed(() => history.value.at(-1) ?? null),
    has,
    replace,
    toggle: (id) => replace(has(id) ? ids.value.filter((other) => other !== id) : [...ids.value, id]),
    async undo() {
      const last = history.value.at(-1);
      if (!last) return;
      history.value = history.value.slice(0, -1);
      await store(last);
    },
  };
}
