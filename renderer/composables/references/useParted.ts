import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, urlOf } from '../../../shared/api/index.js';
import { errorDetails } from '../../../shared/errors.js';
import { engine } from '../../api/engine.js';
import type { PreviewBody } from './usePreview.js';

/** The class-agnostic gate of an image's co-attention, and the map of what it leaves; asked for while it is looked at. */
export function useParted(
  project: MaybeRefOrGetter<string>,
  asked: MaybeRefOrGetter<PreviewBody | null>,
): { urls: ShallowRef<{ gate: string; rest: string } | null>; error: ShallowRef<unknown> } {
  const urls = shallowRef<{ gate: string; rest: string } | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch(
    () => JSON.stringify(toValue(asked)),
    async () => {
      const mine = ++latest;
      const body = toValue(asked);
      if (!body) return void (urls.value = null);
      const params = { project: toValue(project) };
      const url = (picture: string): string => urlOf(api.previews.picture, { params: { ...params, picture } });
      try {
        const { gate, rest } = await engine.call(api.previews.parted, { params, body });
        if (mine === latest) [urls.value, error.value] = [{ gate: url(gate), rest: url(rest) }, null];
      } catch (reason) {
        if (mine === latest && errorDetails(reason).code !== 'interrupted') error.value = reason;
      }
    },
    { immediate: true },
  );
  return { urls, error };
}
