import { REVIEW_QUEUE_TAG } from '../../../shared/dataset/review.js';
import { api } from '../../../shared/api/index.js';
import { engine } from '../../api/engine.js';
import { useEditing } from '../useEditing.js';
import { rankingOf, type ResultQuery } from './result-query.js';

/** The most images sent to the queue at once, and those asked for at a time. */
export const MOST_WORST = 2000;
const PAGE = 200;

/** Ids of the first images of an evaluation in the order of the address, those that are still in the project. */
async function worstIds(project: string, query: ResultQuery, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let offset = 0; offset < count; offset += PAGE) {
    const { images, total } = await engine.call(api.evaluations.images, {
      params: { project, name: query.evaluation ?? '' },
      query: { ...rankingOf(query), offset, limit: Math.min(PAGE, count - offset) },
    });
    ids.push(...images.filter(({ image }) => image !== null).map(({ score }) => score.id));
    if (offset + PAGE >= total) break;
  }
  return ids;
}

/** Sends the first `count` images to the review queue. */
export function useWorstImages(project: () => string, query: () => ResultQuery): (count: number) => Promise<void> {
  let wanted = 0;
  const editing = useEditing({
    selection: async () => ({ ids: await worstIds(project(), query(), wanted) }),
    // None is known: the tag is given, never taken.
    known: () => [],
  });
  return async (count) => {
    wanted = count;
    await editing.toggleTag(REVIEW_QUEUE_TAG);
  };
}
