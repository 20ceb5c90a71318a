import type { ImageQuery, PageQuery } from '../../../shared/api/images.js';
import { StudioError } from '../../../shared/errors.js';
import type { ImageRecord } from '../../../shared/project.js';
import type { Queries } from './queries.js';
import { imageColumns, imageFromRow, type ImageRow } from './store-query.js';

export interface ImagePage {
  images: ImageRecord[];
  /** Cursor of the page that follows; null on the last. */
  next: string | null;
}

/** Figures about the images that pass a filter. */
export interface ImageStatistics {
  images: number;
  /** Under `''`: images of no split. */
  splits: Record<string, number>;
  domains: Record<string, number>;
  withTruth: number;
  unlabelled: number;
  /** [K][K], symmetric: images that carry both classes; on the diagonal those of one. */
  together: number[][];
}

interface Where {
  sql: string;
  parameters: unknown[];
}

/** What images are sorted by, as SQL; equal ones by id. */
const sortKeys: Record<PageQuery['sort'], string> = {
  id: 'id',
  added: 'number',
  pixels: 'width * height',
  labels: '(SELECT count(*) FROM image_classes WHERE image = number)',
};

/** `%` and `_` stand for themselves. */
const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function whereOf(query: ImageQuery, more: Where[] = []): Where {
  const parts: Where[] = [];
  const add = (sql: string, ...parameters: unknown[]): void => void parts.push({ sql, parameters });
  const anyClass = 'EXISTS (SELECT 1 FROM image_classes WHERE image = number)';
  const { classes = [], match, split, domain, labelled, truth, masks, masked, text } = query;
  const carried = 'SELECT image FROM image_classes WHERE class IN (SELECT value FROM json_each(?))';
  const asked = JSON.stringify([...new Set(classes)]);
  if (classes.length > 0 && match === 'any') add(`number IN (${carried})`, asked);
  if (classes.length > 0 && match === 'none') add(`number NOT IN (${carried})`, asked);
  if (classes.length > 0 && match === 'all') {
    add(`number IN (${carried} GROUP BY image HAVING count(*) = ?)`, asked, new Set(classes).size);
  }
  if (split !== undefined) add('split IS ?', split === '' ? null : split);
  if (domain !== undefined) add('domain = ?', domain);
  if (labelled !== undefined) add(labelled ? anyClass : `NOT ${anyClass}`);
  if (truth !== undefined) add(`truth IS ${truth ? 'NOT ' : ''}NULL`);
  if (masks !== undefined) {
    add(`number ${masked ? '' : 'NOT '}IN (SELECT image FROM mask_files WHERE name = ?)`, masks);
  }
  if (text) add("id_key LIKE ? ESCAPE '\\'", likePart(text.normalize('NFC').toLowerCase()));
  const all = [...parts, ...more];
  const sql = all.length > 0 ? `WHERE ${all.map((part) => part.sql).join(' AND ')}` : '';
  return { sql, parameters: all.flatMap(({ parameters }) => parameters) };
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
    const key = sortKeys[sort];
    const [direction, beyond] = order === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];
    const behind = after === undefined ? [] : [{ sql: `(${key}, id) ${beyond} (?, ?)`, parameters: readCursor(after) }];
    const where = whereOf(query, behind);
    // Of all that is sorted only what is shown gets its columns.
    const chosen =
      `SELECT number AS chosen, ${key} AS sort_key FROM images ${where.sql} ` +
      `ORDER BY ${sort === 'id' ? '' : `${key} ${direction}, `}id ${direction} LIMIT ? OFFSET ?`;
    const sql =
      `SELECT sort_key, ${imageColumns()} FROM (${chosen}) JOIN images ON number = chosen ` +
      `ORDER BY sort_key ${direction}, id ${direction}`;
    const offset = after === undefined ? query.offset : 0;
    type Row = ImageRow & { sort_key: number | string };
    const rows = this.#queries.all<Row>(sql, ...where.parameters, limit + 1, offset);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      images: shown.map(imageFromRow),
      next: last && rows.length > limit ? cursorOf(last.sort_key, last.id) : null,
    };
  }

  count(query: ImageQuery): number {
    const { sql, parameters } = whereOf(query);
    return this.#queries.all<{ n: number }>(`SELECT count(*) AS n FROM images ${sql}`, ...parameters)[0].n;
  }

  statistics(query: ImageQuery, classCount: number): ImageStatistics {
    const { sql, parameters } = whereOf(query);
    const found: ImageStatistics = { images: 0, splits: {}, domains: {}, withTruth: 0, unlabelled: 0, together: [] };
    const groups = this.#queries.all<{ split: string; domain: string; truth: number; labelled: number; n: number }>(
      "SELECT ifnull(split, '') AS split, domain, truth IS NOT NULL AS truth, " +
        'EXISTS (SELECT 1 FROM image_classes WHERE image = number) AS labelled, count(*) AS n ' +
        `FROM images ${sql} GROUP BY 1, 2, 3, 4`,
      ...parameters,
    );
    for (const { split, domain, truth, labelled, n } of groups) {
      found.images += n;
      found.splits[split] = (found.splits[split] ?? 0) + n;
      found.domains[domain] = (found.domains[domain] ?? 0) + n;
      if (truth) found.withTruth += n;
      if (!labelled) found.unlabelled += n;
    }
    return { ...found, together: this.#together({ sql, parameters }, classCount) };
  }

  #together({ sql, parameters }: Where, classCount: number): number[][] {
    const narrowed = sql === '' ? '' : `WHERE one.image IN (SELECT number FROM images ${sql})`;
    const pairs = this.#queries.all<{ a: number; b: number; n: number }>(
      'SELECT one.class AS a, other.class AS b, count(*) AS n FROM image_classes AS one ' +
        `JOIN image_classes AS other ON other.image = one.image AND other.class >= one.class ${narrowed} GROUP BY 1, 2`,
      ...parameters,
    );
    const together = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
    for (const { a, b, n } of pairs.filter(({ b: highest }) => highest < classCount)) {
      together[a][b] = n;
      together[b][a] = n;
    }
    return together;
  }
}
