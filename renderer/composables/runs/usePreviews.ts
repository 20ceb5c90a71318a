import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';

export type Previews = AnswerOf<typeof api.runs.previews>;

const none: Previews = { images: [], epochs: [] };

/**
 * The pinned images of a training and the epochs of their maps, asked for again when `version` changes.
 *
 * @param run null for one that waits for its turn, which has none
 */
export function usePreviews(
  project: MaybeRefOrGetter<string>,
  run: MaybeRefOrGetter<string | null>,
  version: MaybeRefOrGetter<unknown>,
): ShallowRef<Previews> {
  const previews = shallowRef<Previews>(none);
  let latest = 0;
  watch(
    () => [toValue(project), toValue(run), toValue(version)] as const,
    async ([key, name], before) => {
      if (before?.[1] !== name) previews.value = none;
      const mine = ++latest;
      if (name === null) return;
      // A run that has not begun has none; what else is wrong with it, the log says.
      const found = await engine.call(api.runs.previews, { params: { project: key, run: name } }).catch(() => none);
      if (mine === latest) previews.value = found;
    },
    { immediate: true },
  );
  return previews;
}
