import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useNotices } from '../../stores/notices.js';

/** The mIoU of evaluations by their names, as they come; one that has none is left out. */
export function useEvaluations(
  project: MaybeRefOrGetter<string>,
  names: readonly string[],
): ShallowRef<ReadonlyMap<string, number>> {
  const notices = useNotices();
  const scores = shallowRef<ReadonlyMap<string, number>>(new Map());
  watch(
    () => toValue(project),
    (key) =>
      names.forEach((name) => void notices.attempt(async () => {
        const { mIoU } = await engine.call(api.sets.evaluation, { params: { project: key, name } });
        if (mIoU !== null) scores.value = new Map([...scores.value, [name, mIoU]]);
      })), // prettier-ignore
    { immediate: true },
  );
  return scores;
}
