import { ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { rankingOf, type ResultQuery } from './result-query.js';

type Page = AnswerOf<typeof api.evaluations.images>;
export type RankedImage = Page['images'][number];

/** Images asked for at a time. */
const PAGE = 60;

interface RankedImages {
  images: ShallowRef<RankedImage[]>;
  /** Null until the first page is there. */
  total: Ref<number | null>;
  error: ShallowRef<unknown>;
  /** Asks for the next page. */
  more(): Promise<void>;
}

/** The images of an evaluation in the order that the address asks for, page by page. Those before stay until others are there. */
export function useRankedImages(
  project: MaybeRefOrGetter<string>,
  evaluation: MaybeRefOrGetter<{ name: string; createdAt: string } | null>,
  query: MaybeRefOrGetter<ResultQuery>,
): RankedImages {
  const images = shallowRef<RankedImage[]>([]);
  const total = ref<number | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  let asking = false;

  async function ask(offset: number): Promise<void> {
    const of = toValue(evaluation);
    if (!of) return;
    const mine = offset === 0 ? ++latest : latest;
    asking = true;
    try {
      const page = await engine.call(api.evaluations.images, {
        params: { project: toValue(project), name: of.name },
        query: { ...rankingOf(toValue(query)), offset, limit: PAGE },
      });
      if (mine !== latest) return;
      images.value = offset === 0 ? page.images : [...images.value, ...page.images];
      [total.value, error.value] = [page.total, null];
    } catch (reason) {
      if (mine === latest) error.value = reason;
    } finally {
      if (mine === latest) asking = false;
    }
  }
  watch(
    () => JSON.stringify([toValue(project), toValue(evaluation), rankingOf(toValue(query))]),
    () => void ask(0),
    { immediate: true },
  );
  const more = async (): Promise<void> => {
    if (!asking && images.value.length < (total.value ?? 0)) await ask(images.value.length);
  };
  return { images, total, error, more };
}
