import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';

export type ImageDetails = AnswerOf<typeof api.images.get>;

/** One image with its files, asked for again when it or `version` changes; the one before stays until it is there. */
export function useImage(
  project: MaybeRefOrGetter<string>,
  id: MaybeRefOrGetter<string>,
  version: MaybeRefOrGetter<number>,
): { image: ShallowRef<ImageDetails | null>; error: ShallowRef<unknown> } {
  const image = shallowRef<ImageDetails | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch(
    () => [toValue(project), toValue(id), toValue(version)] as const,
    async ([key, wanted]) => {
      const mine = ++latest;
      // A screen may be opened before it is known which image is the first.
      if (!wanted) return;
      try {
        const found = await engine.call(api.images.get, { params: { project: key, id: wanted } });
        if (mine === latest) [image.value, error.value] = [found, null];
      } catch (reason) {
        if (mine === latest) [image.value, error.value] = [null, reason];
      }
    },
    { immediate: true },
  );
  return { image, error };
}
