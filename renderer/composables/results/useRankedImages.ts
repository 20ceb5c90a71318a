import { ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue';
import { api, type AnswerOf } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useJobs } from '../../stores/jobs.js';
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
  const jobs = useJobs();
  const images = shallowRef<RankedImage[]>([]);
  const total = ref<number | null>(null);
  const error = shallowRef<unknown>(null);
  let latest = 0;
  let asking = false;

  const pageAt = (name: string, offset: number): Promise<Page> =>
    engine.call(api.evaluations.images, {
      params: { project: toValue(project), name },
      query: { ...rankingOf(toValue(query)), offset, limit: PAGE },
    });

  async function ask(offset: number): Promise<void> {
    const of = toValue(evaluation);
    if (!of) return;
    const mine = offset === 0 ? ++latest : latest;
    asking = true;
    try {
      const page = await pageAt(of.name, offset);
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
  /** Someone has edited images: what is known of those that are there is asked for again, and they stay where they are. */
  async function refresh(): Promise<void> {
    const [of, mine] = [toValue(evaluation), latest];
    const offsets = Array.from({ length: Math.ceil(images.value.length / PAGE) }, (_, at) => at * PAGE);
    if (!of || asking) return;
    try {
      const pages = await Promise.all(offsets.map((offset) => pageAt(of.name, offset)));
      if (mine !== latest) return;
      const fresh = new Map(pages.flatMap((page) => page.images).map((one) => [one.score.id, one]));
      images.value = images.value.map((one) => fresh.get(one.score.id) ?? one);
    } catch (reason) {
      if (mine === latest) error.value = reason;
    }
  }
  watch(() => jobs.changes.images, () => void refresh()); // prettier-ignore
  const more = async (): Promise<void> => {
    if (!asking && images.value.length < (total.value ?? 0)) await ask(images.value.length);
  };
  return { images, total, error, more };
}
