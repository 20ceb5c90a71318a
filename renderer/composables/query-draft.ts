import { formatQuery } from '../../shared/dataset/query/format.js';
import { parseQuery, type QueryFilter } from '../../shared/dataset/query/parse.js';
import type { ImageFilter } from './image-filter.js';

/** Every field of a filter that a query can say, so that what it does not say is taken away. */
const unsaid: Record<keyof QueryFilter, undefined> = {
  classes: undefined,
  match: undefined,
  without: undefined,
  split: undefined,
  domain: undefined,
  labelled: undefined,
  truth: undefined,
  masks: undefined,
  masked: undefined,
  text: undefined,
  review: undefined,
  tags: undefined,
  untagged: undefined,
  scores: undefined,
};

/** What a query makes of a filter, with what is wrong with it; sorting stays. */
export function readDraft(draft: string, classes: readonly string[]) {
  const { filter, errors } = parseQuery(draft, classes);
  return { fields: { ...unsaid, ...filter } as Partial<ImageFilter>, errors };
}

/** Whether a draft says what the filter says, so that it may stay as the person has written it. */
export function saysSame(draft: string, filter: ImageFilter, classes: readonly string[]): boolean {
  const { filter: said, errors } = parseQuery(draft, classes);
  return errors.length === 0 && formatQuery(said, classes) === formatQuery(filter, classes);
}
