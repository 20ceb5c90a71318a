import { readCondition, scoreText } from '../scores.js';
import type { QueryFilter } from './parse.js';

/** A condition of a filter as it is written, and what takes it away. */
export interface QueryPart {
  text: string;
  /** Fields of the filter without it. */
  gone: Partial<QueryFilter>;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const word = (text: string): string => (/^[^\s",:<>=\\#-][^\s",:<>=\\]*$/.test(text) ? text : quoted(text));

/** The conditions of a filter, in an order of their own. */
export function queryParts(filter: QueryFilter, classes: readonly string[]): QueryPart[] {
  const { match, split, domain, labelled, truth, masks, masked, text } = filter;
  const { classes: wanted = [], without = [], review = [], tags = [], untagged = [], scores = [] } = filter;
  const className = (index: number): string => {
    const name = classes[index];
    return name !== undefined && classes.indexOf(name) === index ? word(name) : `#${index}`;
  };
  const less = <Item>(list: readonly Item[], item: Item): Item[] | undefined =>
    list.length > 1 ? list.filter((one) => one !== item) : undefined;
  const parts: (QueryPart | false)[] = [
    ...(match === 'all' || wanted.length === 1
      ? wanted.map((index) => ({ text: `class:${className(index)}`, gone: { classes: less(wanted, index) } }))
      : [wanted.length > 0 && { text: `class:${wanted.map(className).join(',')}`, gone: { classes: undefined } }]),
    ...without.map((index) => ({ text: `-class:${className(index)}`, gone: { without: less(without, index) } })),
    split !== undefined && {
      text: `split:${split === '' ? 'none' : split === 'none' ? quoted(split) : word(split)}`,
      gone: { split: undefined },
    },
    domain !== undefined && { text: `domain:${domain}`, gone: { domain: undefined } },
    labelled !== undefined && { text: `${labelled ? '' : '-'}has:labels`, gone: { labelled: undefined } },
    truth !== undefined && { text: `${truth ? '' : '-'}has:truth`, gone: { truth: undefined } },
    masks !== undefined && {
      text: `${masked ? '' : '-'}has:${word(`mask/${masks}`)}`,
      gone: { masks: undefined, masked: true },
    },
    review.length > 0 && { text: `review:${review.join(',')}`, gone: { review: undefined } },
    ...tags.map((tag) => ({ text: `tag:${word(tag)}`, gone: { tags: less(tags, tag) } })),
    ...untagged.map((tag) => ({ text: `-tag:${word(tag)}`, gone: { untagged: less(untagged, tag) } })),
    ...scores.map((condition) => ({ text: conditionWords(condition), gone: { scores: less(scores, condition) } })),
    text ? { text: `name:${word(text)}`, gone: { text: undefined } } : false,
  ];
  return parts.filter((part) => part !== false);
}

function conditionWords(text: string): string {
  const { score, comparison, value } = readCondition(text)!;
  const name = scoreText(score);
  return `score.${/[\s",:\\]/.test(name) ? quoted(name) : name}${comparison}${value}`;
}

/** A filter as a query: `parseQuery` reads it back. */
export const formatQuery = (filter: QueryFilter, classes: readonly string[]): string =>
  queryParts(filter, classes)
    .map((part) => part.text)
    .join(' ');
