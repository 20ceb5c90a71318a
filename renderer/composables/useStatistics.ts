import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import type { ImageFilter } from './image-filter.js';

export type Statistics = AnswerOf<typeof api.images.statistics>;
/** How often classes occur together: a symmetric matrix of images. */
export type Together = AnswerOf<typeof api.images.together>['together'];

interface Figures {
  statistics: ShallowRef<Statistics | null>;
  /** Comes later than the other figures, for it takes longer. */
  together: ShallowRef<Together | null>;
  error: ShallowRef<unknown>;
}

/** Figures of the images under a filter, asked for again when it or `version` changes. The last ones stay meanwhile. */
export function useStatistics(
  project: MaybeRefOrGetter<string>,
  filter: MaybeRefOrGetter<ImageFilter>,
  version: MaybeRefOrGetter<number>,
  wanted: MaybeRefOrGetter<boolean>,
): Figures {
  const statistics = shallowRef<Statistics | null>(null);
  const together = shallowRef<Together | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  watch(
    () => [toValue(project), toValue(filter), toValue(version), toValue(wanted)] as const,
    async ([key, { sort: _sort, order: _order, ...query }, , needed]) => {
      if (!needed) return;
      const mine = ++latest;
      const params = { project: key };
      try {
        const found = await engine.call(api.images.statistics, { params, query });
        if (mine !== latest) return;
        [statistics.value, error.value] = [found, null];
        const pairs = await engine.call(api.images.together, { params, query });
        if (mine === latest) together.value = pairs.together;
      } catch (reason) {
        if (mine === latest) error.value = reason;
      }
    },
    { immediate: true },
  );
  return { statistics, together, error };
}
