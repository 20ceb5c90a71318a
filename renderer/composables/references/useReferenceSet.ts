import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
import { useNotices } from '../../stores/notices.js';
import { inTurn } from '../in-turn.js';

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

  const queued = inTurn();
  /** Own changes that the engine has not answered yet, and all that there were. */
  let [waiting, changes] = [0, 0];
  /** Sets as they were before the changes that wait. */
  let known = stored.value;
  const fetchStored = (): Promise<boolean> =>
    notices.attempt(async () => {
      const [name, before] = [toValue(project), changes];
      const { sets } = await engine.call(api.references.list, { params: { project: name } });
      // A list of before an own change would take it back; the last change asks for another.
      if (waiting === 0 && changes === before && name === toValue(project)) stored.value = sets;
    });
  watch([() => toValue(project), () => jobs.changes.references] as const, () => void fetchStored(), { immediate: true }); // prettier-ignore
  watch([() => toValue(project), key], () => (history.value = []));

  const isOwn = (set: StoredSet): boolean =>
    set.classIndex === scope.value.classIndex && set.imageId === scope.value.imageId;
  const ids = computed(() => stored.value.find(isOwn)?.references ?? []);

  async function store(next: readonly string[]): Promise<void> {
    const others = stored.value.filter((set) => !isOwn(set));
    const [name, body] = [toValue(project), { ...scope.value, references: [...next] }];
    if (waiting === 0) known = stored.value;
    stored.value = next.length > 0 ? [...others, body] : others;
    changes++;
    waiting++;
    const call = () => engine.call(api.references.set, { params: { project: name }, body });
    const went = await queued(() => notices.attempt(call));
    waiting--;
    if (!went) stored.value = known;
    if (waiting === 0) await fetchStored();
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
