import { domains } from '../../types.js';
import type { ImageQuery } from '../../api/images.js';
import { reviewStates, tagSchema } from '../review.js';
import { conditionText, readCondition, readScoreName, scoreText } from '../scores.js';
import { readTerms, type QueryError, type Term, type Value } from './terms.js';

/** What a query can say of images; lists that say nothing are left out. */
export type QueryFilter = ImageQuery;

/** Longest text that is looked for, as the engine takes it. */
const LONGEST_TEXT = 200;

/** Index of a class by its name, as it is written or whatever its case; `#3` is the class of that number. */
function classIndexOf({ text, quoted }: Value, classes: readonly string[]): number | null {
  const number = quoted ? null : /^#(\d{1,3})$/.exec(text);
  if (number) return Number(number[1]) < classes.length ? Number(number[1]) : null;
  const exact = classes.indexOf(text);
  const index = exact >= 0 ? exact : classes.findIndex((name) => name.toLowerCase() === text.toLowerCase());
  return index >= 0 ? index : null;
}

const oneOf = <Word extends string>(words: readonly Word[], text: string): Word | null =>
  words.find((word) => word === text.toLowerCase()) ?? null;

/**
 * Reads a query such as `class:cat,dog -class:sofa split:train review:unreviewed tag:blurry has:mask/fused
 * score.labels>=2 name:2007`. What cannot be read is left out of the filter and told in `errors`, in their order.
 *
 * - `class:a,b` is any of them, `class:a class:b` all; `-class:a` none.
 * - `split:none` are images of no split, `split:"none"` those of a split of that name.
 * - `has:labels`, `has:truth`, `has:mask/NAME`, and without by `-`.
 * - A bare word, or several, is a part of the name.
 */
export function parseQuery(text: string, classes: readonly string[]): { filter: QueryFilter; errors: QueryError[] } {
  const { terms, errors } = readTerms(text);
  const filter: QueryFilter = { match: 'any', masked: true };
  const words: string[] = [];
  const fail = (code: QueryError['code'], { from, to }: { from: number; to: number }): void =>
    void errors.push({ code, from, to, value: text.slice(from, to) });

  const single = (term: Term, set: (value: Value) => boolean, taken: unknown): void => {
    if (term.negative) return fail('negative', term);
    if (taken !== undefined) return fail('twice', term);
    if (term.values.length > 1) return fail('value', term);
    if (!set(term.values[0])) fail('value', term.values[0]);
  };
  const flag = (name: 'labelled' | 'truth', term: Term): void => {
    if (filter[name] !== undefined) return fail('twice', term);
    filter[name] = !term.negative;
  };
  const push = <Item>(list: Item[] | undefined, item: Item): Item[] =>
    list?.includes(item) ? list : [...(list ?? []), item];

  const readers: Record<string, (term: Term) => void> = {
    class(term) {
      const indices = term.values.flatMap((value) => {
        const index = classIndexOf(value, classes);
        if (index === null) fail('class', value);
        return index ?? [];
      });
      if (indices.length < term.values.length) return;
      const other = term.negative ? filter.classes : filter.without;
      if (indices.some((index) => other?.includes(index))) return fail('contradiction', term);
      if (term.negative) {
        for (const index of indices) filter.without = push(filter.without, index);
        return;
      }
      if (filter.classes && (indices.length > 1 || (filter.match === 'any' && filter.classes.length > 1))) {
        return fail('mixed', term);
      }
      if (filter.classes) filter.match = 'all';
      for (const index of indices) filter.classes = push(filter.classes, index);
    },
    split: (term) =>
      single(term, ({ text, quoted }) => {
        filter.split = text === 'none' && !quoted ? '' : text;
        return text !== '' && text.length <= LONGEST_TEXT;
      }, filter.split), // prettier-ignore
    domain: (term) => single(term, ({ text }) => (filter.domain = oneOf(domains, text) ?? undefined) !== undefined, filter.domain), // prettier-ignore
    name: (term) => single(term, ({ text }) => (filter.text = text) !== '' && text.length <= LONGEST_TEXT, filter.text),
    review(term) {
      if (term.negative) return fail('negative', term);
      if (filter.review) return fail('twice', term);
      for (const value of term.values) {
        const state = oneOf(reviewStates, value.text);
        if (state === null) fail('value', value);
        else filter.review = push(filter.review, state);
      }
    },
    tag(term) {
      for (const value of term.values) {
        const tag = tagSchema.safeParse(value.text);
        if (!tag.success) fail('value', value);
        else if (term.negative) filter.untagged = push(filter.untagged, tag.data);
        else filter.tags = push(filter.tags, tag.data);
      }
    },
    has(term) {
      for (const value of term.values) {
        if (value.text === 'labels') flag('labelled', term);
        else if (value.text === 'truth') flag('truth', term);
        else if (!/^mask\/./.test(value.text)) fail('value', value);
        else if (filter.masks !== undefined) fail('twice', value);
        else [filter.masks, filter.masked] = [value.text.slice('mask/'.length), !term.negative];
      }
    },
  };

  const score = (term: Term): void => {
    if (term.negative) return fail('negative', term);
    const name = readScoreName(term.key!.text.slice('score.'.length));
    if (name === null) return fail('score', term.key!);
    if (term.sign === ':') return fail('number', term.values[0]);
    const condition = readCondition(`${scoreText(name)}${term.sign}${term.values[0].text}`);
    if (condition === null) return fail('number', term.values[0]);
    filter.scores = push(filter.scores, conditionText(condition));
  };

  for (const term of terms) {
    const key = term.key?.text.toLowerCase() ?? '';
    if (term.key === null) {
      if (term.negative) fail('negative', term);
      else if (term.values[0].text !== '') words.push(term.values[0].text);
    } else if (
      term.sign === ':' ? term.values.some((value) => value.text === '' && !value.quoted) : term.values[0].text === ''
    )
      fail('empty', term); // prettier-ignore
    else if (key.startsWith('score.')) score(term);
    else if (term.sign !== ':' || !Object.hasOwn(readers, key)) fail('key', term.key);
    else readers[key](term);
  }
  if (words.length > 0) {
    if (filter.text !== undefined) fail('twice', { from: 0, to: text.length });
    else filter.text = words.join(' ').slice(0, LONGEST_TEXT);
  }
  return {
    filter: filter.text === '' ? { ...filter, text: undefined } : filter,
    errors: errors.sort((a, b) => a.from - b.from),
  };
}
