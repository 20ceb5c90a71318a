import { pageQuerySchema, type ImageQuery } from '../../../shared/api/images.js';
import type { ImageFilter, ImageRecord } from '../../../shared/project.js';
import type { Project } from '../project/project.js';

/** Images by their ids, or those of a filter of the dataset; about masks and scores that asks for, the index must know. */
export type ChosenImages = { ids: string[] } | { query: ImageQuery };

/** Images asked for at a time. */
const PAGE = 500;

/** The chosen images that pass `filter` as well, a page in memory at a time. */
export function* chosenImages(
  { store }: Project,
  images: ChosenImages,
  filter: Pick<ImageFilter, 'labelled' | 'kept'>,
): Generator<ImageRecord> {
  if ('ids' in images) {
    yield* store.iterateImages({ ...filter, ids: images.ids });
    return;
  }
  let after: string | undefined;
  do {
    const page = store.browser.page(pageQuerySchema.parse({ ...images.query, limit: PAGE, after }));
    yield* store.iterateImages({ ...filter, ids: page.images.map(({ id }) => id) });
    after = page.next ?? undefined;
  } while (after !== undefined);
}
