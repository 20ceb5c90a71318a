import { api, MOST_IDS, type ImageSelection } from '../../shared/api/index.js';
import { StudioError } from '../../shared/errors.js';
import { engine } from '../api/engine.js';
import type { ImageFilter } from './image-filter.js';

interface Selected {
  project: string;
  filter: ImageFilter;
  /** Whether all but `places` are selected. */
  all: boolean;
  places: ReadonlySet<number>;
  /** Id of an image whose page is there. */
  idAt(place: number): string | undefined;
}

/** Places as stretches without gaps, ascending. */
export function stretches(places: Iterable<number>): { first: number; count: number }[] {
  const found: { first: number; count: number }[] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && place === last.first + last.count) last.count++;
    else found.push({ first: place, count: 1 });
  }
  return found;
}

/** Ids of places of the list; those that the page does not hold are asked for. */
async function idsOf({ project, filter, places, idAt }: Selected): Promise<string[]> {
  if (places.size > MOST_IDS) {
    throw new StudioError({
      code: 'usage',
      message: `${places.size} images are too many to be named one by one; ${MOST_IDS} are not`,
      remedy: 'Narrow the images by a filter and select all of them.',
    });
  }
  const known = [...places].flatMap((place) => idAt(place) ?? []);
  const missing = [...places].filter((place) => idAt(place) === undefined);
  const asked = stretches(missing).map(async ({ first, count }) => {
    const query = { ...filter, offset: first, limit: count };
    return (await engine.call(api.images.ids, { params: { project }, query })).ids;
  });
  return [...known, ...(await Promise.all(asked)).flat()];
}

/** The selection as the engine takes it. */
export async function selectionOf(selected: Selected): Promise<ImageSelection> {
  const ids = await idsOf(selected);
  if (!selected.all) return { ids };
  const { sort: _sort, order: _order, ...query } = selected.filter;
  return { query, except: ids };
}
