import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { z } from 'zod';
import { pageQuerySchema } from '../../shared/api/index.js';

/** What narrows and sorts the images; its fields are those of the engine's query. */
export const imageFilterSchema = pageQuerySchema.omit({ limit: true, offset: true, after: true });
export type ImageFilter = z.output<typeof imageFilterSchema>;

const defaults = imageFilterSchema.parse({});

/** The filter that an address holds. Fields that the engine would refuse count as left out. */
export function filterOf(query: LocationQuery): ImageFilter {
  const known = Object.entries(query).filter(([key, value]) => key in imageFilterSchema.shape && value !== null);
  const valid = known.filter(([key, value]) => imageFilterSchema.safeParse({ [key]: value }).success);
  return imageFilterSchema.parse(Object.fromEntries(valid));
}

/** The filter as it stands in an address: only what differs from the defaults. */
export function queryOf(filter: ImageFilter): LocationQueryRaw {
  const entries = Object.entries(filter).filter(([key, value]) => {
    const none = value === undefined || (Array.isArray(value) && value.length === 0);
    return !none && value !== defaults[key as keyof ImageFilter];
  });
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

/** Whether the filter leaves anything out; sorting does not. */
export function narrows({ sort: _sort, order: _order, ...filter }: ImageFilter): boolean {
  return Object.keys(queryOf({ ...defaults, ...filter })).some((key) => key !== 'match');
}
