import { queueScores, scoreText, type QueueScore } from '../../../shared/dataset/scores.js';
import { REVIEW_QUEUE_TAG } from '../../../shared/dataset/review.js';
import type { Queries } from './queries.js';

/** An image in the order of the queue: whether it was put first by hand, its benefit (-1 where unknown), its id. */
interface Key {
  tagged: number;
  benefit: number;
  id: string;
}

/** Images that no one has accepted, as a table of keys; two parameters: the name of the benefit, the tag. */
const QUEUE =
  'SELECT id, EXISTS (SELECT 1 FROM image_tags JOIN tags ON tags.number = tag WHERE image = images.number AND tags.name = ?1) AS tagged, ' +
  'coalesce((SELECT value FROM image_scores WHERE score = (SELECT number FROM scores WHERE name = ?2) AND image = images.number), -1) AS benefit ' +
  "FROM images WHERE review <> 'reviewed'";

/** Images that come before (`<`) or behind (`>`) a key, which stands in parameters 3 to 5. */
const side = (way: '<' | '>'): string => `(-tagged, -benefit, id) ${way} (-?3, -?4, ?5)`;

/**
 * The order in which images are reviewed by the masks of a set: those that a person has put first by a tag, then by falling
 * benefit, those without one last. A reviewed image is not in it.
 */
export class ReviewQueue {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Images in the queue, and those of them whose benefit is known. */
  counts(set: string): { total: number; ranked: number } {
    const sql = `SELECT count(*) AS total, coalesce(sum(benefit >= 0), 0) AS ranked FROM (${QUEUE})`;
    return this.#queries.all<{ total: number; ranked: number }>(sql, ...named(set))[0];
  }

  /** Place of an image, from 0, and whether a person has put it first; null where it is not in the queue. */
  place(set: string, id: string): { place: number; first: boolean } | null {
    const key = this.#key(set, id);
    if (!key) return null;
    const sql = `SELECT count(*) AS n FROM (${QUEUE}) WHERE ${side('<')}`;
    const { n } = this.#queries.all<{ n: number }>(sql, ...named(set), key.tagged, key.benefit, key.id)[0];
    return { place: n, first: key.tagged === 1 };
  }

  /** The image behind another, or the first: after the last, and where that one is not in the queue. Null where there is no other. */
  next(set: string, from: string | null): { id: string; at: number } | null {
    const key = from === null ? null : this.#key(set, from);
    const found = (key && this.#first(set, side('>'), [key.tagged, key.benefit, key.id])) ?? this.#first(set, 'id IS NOT ?3', [from]); // prettier-ignore
    if (found === null) return null;
    const [{ at }] = this.#queries.all<{ at: number }>('SELECT count(*) AS at FROM images WHERE id < ?', found);
    return { id: found, at };
  }

  /** Benefit of an image and its terms; null each where it is unknown. */
  terms(set: string, id: string): Record<QueueScore, number | null> {
    const rows = this.#queries.all<{ name: string; value: number }>(
      'SELECT name, value FROM image_scores JOIN scores ON scores.number = score JOIN images ON images.number = image ' +
        'WHERE id = ? AND name IN (SELECT value FROM json_each(?))',
      id,
      JSON.stringify(queueScores.map((kind) => scoreText({ kind, set }))),
    );
    const values = new Map(rows.map(({ name, value }) => [name, value]));
    const of = (kind: QueueScore): number | null => values.get(scoreText({ kind, set })) ?? null;
    return Object.fromEntries(queueScores.map((kind) => [kind, of(kind)])) as Record<QueueScore, number | null>;
  }

  #key(set: string, id: string): Key | null {
    return this.#queries.all<Key>(`SELECT * FROM (${QUEUE}) WHERE id = ?3`, ...named(set), id)[0] ?? null;
  }

  #first(set: string, where: string, parameters: readonly unknown[]): string | null {
    const sql = `SELECT id FROM (${QUEUE}) WHERE ${where} ORDER BY tagged DESC, benefit DESC, id LIMIT 1`;
    return this.#queries.all<{ id: string }>(sql, ...named(set), ...parameters)[0]?.id ?? null;
  }
}

const named = (set: string): [string, string] => [REVIEW_QUEUE_TAG, scoreText({ kind: 'benefit', set })];
