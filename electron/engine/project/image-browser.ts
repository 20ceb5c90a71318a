import { plainSorts, type ImageQuery, type PageQuery } from '../../../shared/api/images.js';
import type { ReviewState } from '../../../shared/dataset/review.js';
import { readScoreName } from '../../../shared/dataset/scores.js';
import { StudioError } from '../../../shared/errors.js';
import type { ImageRecord } from '../../../shared/project.js';
import { whereOf, type Where } from './image-where.js';
import type { Queries } from './queries.js';
import { scoreSql } from './score-store.js';
import { imageColumns, imageFromRow, type ImageRow } from './store-query.js';

/** An image with what persons have said of it, and the score that it is sorted by. */
export type BrowsedImage = ImageRecord & { review: ReviewState; tags: string[]; score: number | null };

export interface ImagePage {
  images: BrowsedImage[];
  /** Cursor of the page that follows; null on the last. */
  next: string | null;
}

interface SortKey {
  sql: string;
  parameters: unknown[];
}

/** Beyond every score: where images stand that have none. */
const BEYOND = { ascending: 1e308, descending: -1e308 } as const;

/** What images are sorted by; equal ones by id. */
function sortKey({ sort, order }: Pick<PageQuery, 'sort' | 'order'>): SortKey {
  if (sort === 'id') return { sql: 'id', parameters: [] };
  if (sort === 'added') return { sql: 'number', parameters: [] };
  const { sql, parameters } = scoreSql(readScoreName(sort)!);
  return { sql: parameters.length === 0 ? sql : `ifnull(${sql}, ${BEYOND[order]})`, parameters };
}

const cursorOf = (key: unknown, id: string): string => Buffer.from(JSON.stringify([key, id])).toString('base64url');

function readCursor(text: string): [number | string, string] {
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if ((typeof key === 'number' || typeof key === 'string') && typeof id === 'string') return [key, id];
  } catch {
    // Said below.
  }
  throw new StudioError({
    code: 'usage',
    message: 'this is no place to go on from',
    remedy: 'Ask for the first page again.',
  });
}

/** Pages of images and figures about them; all narrowing and sorting happens in the index. */
export class ImageBrowser {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Throws `usage` for a cursor that no page gave. */
  page(query: PageQuery): ImagePage {
    const { sort, order, limit, after } = query;
    const key = sortKey(query);
    const [direction, beyond] = order === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];
    const behind = after === undefined ? [] : [{ sql: `(${key.sql}, id) ${beyond} (?, ?)`, parameters: [...key.parameters, ...readCursor(after)] }]; // prettier-ignore
    const where = whereOf(query, behind);
    // Of all that is sorted only what is shown gets its columns.
    const chosen =
      `SELECT number AS chosen, ${key.sql} AS sort_key FROM images ${where.sql} ` +
      `ORDER BY ${sort === 'id' ? '' : `sort_key ${direction}, `}id ${direction} LIMIT ? OFFSET ?`;
    const sql =
      `SELECT sort_key, ${BROWSED}, ${imageColumns()} FROM (${chosen}) JOIN images ON number = chosen ` +
      `ORDER BY sort_key ${direction}, id ${direction}`;
    const offset = after === undefined ? query.offset : 0;
    type Row = BrowsedRow & { sort_key: number | string };
    const rows = this.#queries.all<Row>(sql, ...key.parameters, ...where.parameters, limit + 1, offset);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const scored = !plainSorts.some((plain) => plain === sort);
    return {
      images: shown.map((row) => browsed(row, scored && row.sort_key !== BEYOND[order] ? Number(row.sort_key) : null)),
      next: last && rows.length > limit ? cursorOf(last.sort_key, last.id) : null,
    };
  }

  /** Ids of a stretch of the list. */
  ids(query: Omit<PageQuery, 'after'>): string[] {
    const [key, where] = [sortKey(query), whereOf(query)];
    const direction = query.order === 'ascending' ? 'ASC' : 'DESC';
    const sql = `SELECT id FROM images ${where.sql} ORDER BY ${key.sql} ${direction}, id ${direction} LIMIT ? OFFSET ?`;
    const rows = this.#queries.all<{ id: string }>(sql, ...where.parameters, ...key.parameters, query.limit, query.offset); // prettier-ignore
    return rows.map(({ id }) => id);
  }

  /** Ids of all images of a class that a filter leaves; null where it leaves every image. */
  narrowed(query: ImageQuery, classIndex: number): Set<string> | null {
    if (whereOf(query).sql === '') return null;
    const carried = { sql: 'number IN (SELECT image FROM image_classes WHERE class = ?)', parameters: [classIndex] };
    const where = whereOf(query, [carried]);
    const rows = this.#queries.all<{ id: string }>(`SELECT id FROM images ${where.sql}`, ...where.parameters);
    return new Set(rows.map(({ id }) => id));
  }

  /** One image with what persons have said of it, or null. */
  image(id: string): BrowsedImage | null {
    const [row] = this.#queries.all<BrowsedRow>(`SELECT ${BROWSED}, ${imageColumns()} FROM images WHERE id = ?`, id);
    return row ? browsed(row, null) : null;
  }

  /** The next image of the list in a state of review, before or behind an image, and its place; null where there is none. */
  beside(
    query: Omit<PageQuery, 'limit' | 'offset' | 'after'>,
    { from, state, forward }: { from: string; state: ReviewState; forward: boolean },
  ): { id: string; place: number } | null {
    const key = sortKey(query);
    const rising = (query.order === 'ascending') === forward;
    const keysOf = `(SELECT ${key.sql}, id FROM images WHERE id = ?)`;
    const beyond = (id: string, way: '<' | '>'): Where => ({
      sql: `(${key.sql}, id) ${way} ${keysOf}`,
      parameters: [...key.parameters, ...key.parameters, id],
    });
    const where = whereOf(query, [{ sql: 'review = ?', parameters: [state] }, beyond(from, rising ? '>' : '<')]);
    const direction = rising ? 'ASC' : 'DESC';
    const sql = `SELECT id FROM images ${where.sql} ORDER BY ${key.sql} ${direction}, id ${direction} LIMIT 1`;
    const [found] = this.#queries.all<{ id: string }>(sql, ...where.parameters, ...key.parameters);
    if (!found) return null;
    const before = whereOf(query, [beyond(found.id, query.order === 'ascending' ? '<' : '>')]);
    return { id: found.id, place: this.#count(before) };
  }

  /** The place of an image in the list; null where it is not in it. */
  place(query: Omit<PageQuery, 'limit' | 'offset' | 'after'>, id: string): number | null {
    const key = sortKey(query);
    if (this.#count(whereOf(query, [{ sql: 'id = ?', parameters: [id] }])) === 0) return null;
    const way = query.order === 'ascending' ? '<' : '>';
    const before: Where = {
      sql: `(${key.sql}, id) ${way} (SELECT ${key.sql}, id FROM images WHERE id = ?)`,
      parameters: [...key.parameters, ...key.parameters, id],
    };
    return this.#count(whereOf(query, [before]));
  }

  count(query: ImageQuery): number {
    return this.#count(whereOf(query));
  }

  #count({ sql, parameters }: Where): number {
    return this.#queries.all<{ n: number }>(`SELECT count(*) AS n FROM images ${sql}`, ...parameters)[0].n;
  }
}

/** What persons have said of an image; tags as a JSON list. */
const BROWSED =
  'review, (SELECT json_group_array(name) FROM ' +
  '(SELECT name FROM image_tags JOIN tags ON tags.number = tag WHERE image = images.number ORDER BY name)) AS tags';

type BrowsedRow = ImageRow & { review: ReviewState; tags: string };

const browsed = (row: BrowsedRow, score: number | null): BrowsedImage => ({
  ...imageFromRow(row),
  review: row.review,
  tags: JSON.parse(row.tags) as string[],
  score,
});
