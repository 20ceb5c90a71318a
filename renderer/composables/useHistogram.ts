import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../shared/api/index.js';
import { engine } from '../api/engine.js';
import { useNotices } from '../stores/notices.js';
import type { ImageFilter } from './image-filter.js';
import { without } from './score-range.js';

export type Histogram = AnswerOf<typeof api.images.histogram>;

/**
 * How a score is spread over the images of a filter, but for what the filter says of that score: so its bounds can be
 * moved outwards again. The last answer for a score stays until the next is there.
 */
export function useHistogram(
  project: MaybeRefOrGetter<string>,
  filter: MaybeRefOrGetter<ImageFilter>,
  score: MaybeRefOrGetter<string | null>,
  version: MaybeRefOrGetter<number>,
): ShallowRef<Histogram | null> {
  const notices = useNotices();
  const histogram = shallowRef<Histogram | null>(null);
  let latest = 0;
  let shown: string | null = null;
  const asked = (): string => {
    const { sort: _sort, order: _order, scores = [], ...query } = toValue(filter);
    const wanted = toValue(score);
    return JSON.stringify({ ...query, scores: wanted === null ? scores : without(scores, wanted) });
  };
  watch(
    [() => toValue(project), () => toValue(score), asked, () => toValue(version)] as const,
    async ([key, wanted, query]) => {
      const mine = ++latest;
      if (wanted !== shown) histogram.value = null;
      shown = wanted;
      if (wanted === null || key === '') return;
      await notices.attempt(async () => {
        const parsed = JSON.parse(query) as Omit<ImageFilter, 'sort' | 'order'>;
        const found = await engine.call(api.images.histogram, { params: { project: key }, query: { ...parsed, score: wanted } }); // prettier-ignore
        if (mine === latest) histogram.value = found;
      });
    },
    { immediate: true },
  );
  return histogram;
}
