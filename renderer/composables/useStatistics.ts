import { nextTick, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import type { ImageFilter } from './image-filter.js';

export type Statistics = AnswerOf<typeof api.images.statistics>;

/**
 * Figures of the images under a filter, asked for again when it or `version` changes. The last ones stay meanwhile.
 *
 * @param before what goes first: the engine counts for longer than it looks images up, and does one thing at a time
 */
export function useStatistics(
  project: MaybeRefOrGetter<string>,
  filter: MaybeRefOrGetter<ImageFilter>,
  version: MaybeRefOrGetter<number>,
  before: () => Promise<unknown> = () => Promise.resolve(),
): { statistics: ShallowRef<Statistics | null>; error: ShallowRef<unknown> } {
  const statistics = shallowRef<Statistics | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch(
    () => [toValue(project), toValue(filter), toValue(version)] as const,
    async ([key, { sort: _sort, order: _order, ...query }]) => {
      const mine = ++latest;
      try {
        // By then what the same change asks for first is on its way.
        await nextTick();
        await before();
        if (mine !== latest) return;
        const found = await engine.call(api.images.statistics, { params: { project: key }, query });
        if (mine === latest) [statistics.value, error.value] = [found, null];
      } catch (reason) {
        if (mine === latest) error.value = reason;
      }
    },
    { immediate: true },
  );
  return { statistics, error };
}
