import type { ImageQuery } from '../../../shared/api/images.js';
import { readCondition } from '../../../shared/dataset/scores.js';
import { scoreSql } from './score-store.js';

/** A piece of SQL and its parameters; as a whole clause it begins with WHERE, or is empty. */
export interface Where {
  sql: string;
  parameters: unknown[];
}

/** `%` and `_` stand for themselves. */
const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const list = (values: readonly unknown[]): string => JSON.stringify([...new Set(values)]);

/** Tags are told apart as they are written. */
const TAGGED = 'SELECT image FROM image_tags WHERE tag IN (SELECT number FROM tags WHERE name IN (SELECT value FROM json_each(?)))'; // prettier-ignore
const CARRIED = 'SELECT image FROM image_classes WHERE class IN (SELECT value FROM json_each(?))';

/** The WHERE clause of a filter over the table `images`. */
export function whereOf(query: ImageQuery, more: readonly Where[] = []): Where {
  const parts: Where[] = [];
  const add = (sql: string, ...parameters: unknown[]): void => void parts.push({ sql, parameters });
  const { classes = [], without = [], match, split, domain, labelled, truth, masks, masked, text } = query;
  const { review = [], tags = [], untagged = [], scores = [] } = query;
  if (classes.length > 0 && match === 'any') add(`number IN (${CARRIED})`, list(classes));
  if (classes.length > 0 && match === 'all') {
    add(`number IN (${CARRIED} GROUP BY image HAVING count(*) = ?)`, list(classes), new Set(classes).size);
  }
  if (without.length > 0) add(`number NOT IN (${CARRIED})`, list(without));
  if (split !== undefined) add('split IS ?', split === '' ? null : split);
  if (domain !== undefined) add('domain = ?', domain);
  if (labelled !== undefined) add(labelled ? 'labels > 0' : 'labels = 0');
  if (truth !== undefined) add(`truth IS ${truth ? 'NOT ' : ''}NULL`);
  if (masks !== undefined) {
    add(`number ${masked ? '' : 'NOT '}IN (SELECT image FROM mask_files WHERE name = ?)`, masks);
  }
  if (text) add("id_key LIKE ? ESCAPE '\\'", likePart(text.normalize('NFC').toLowerCase()));
  if (review.length > 0) add('review IN (SELECT value FROM json_each(?))', list(review));
  if (tags.length > 0) add(`number IN (${TAGGED} GROUP BY image HAVING count(*) = ?)`, list(tags), new Set(tags).size);
  if (untagged.length > 0) add(`number NOT IN (${TAGGED})`, list(untagged));
  for (const condition of scores) addCondition(condition);
  const all = [...parts, ...more];
  const sql = all.length > 0 ? `WHERE ${all.map((part) => part.sql).join(' AND ')}` : '';
  return { sql, parameters: all.flatMap(({ parameters }) => parameters) };

  function addCondition(condition: string): void {
    const { score, comparison, value } = readCondition(condition)!;
    const { sql, parameters } = scoreSql(score);
    add(`${sql} ${comparison} ?`, ...parameters, value);
  }
}
