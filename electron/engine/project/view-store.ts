import { MOST_VIEWS, viewSchema, type View } from '../../../shared/api/views.js';
import { StudioError } from '../../../shared/errors.js';
import { storedJson, type Queries } from './queries.js';

/** Filters and sorts that a person has given a name. */
export class ViewStore {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** By name. One that cannot be read is passed by. */
  list(): View[] {
    const sql = 'SELECT name, filter, by_default FROM views ORDER BY name';
    const rows = this.#queries.all<{ name: string; filter: string; by_default: number }>(sql);
    return rows.flatMap(({ name, filter, by_default }) => {
      const read = viewSchema.safeParse({ name, filter: storedJson(filter), byDefault: by_default === 1 });
      return read.success ? [read.data] : [];
    });
  }

  /** Keeps a view in the place of one of the same name. Throws `usage` where there are too many. */
  save({ name, filter, byDefault }: View): void {
    this.#queries.transaction(() => {
      if (byDefault) this.#queries.run('UPDATE views SET by_default = 0');
      const sql = 'INSERT OR REPLACE INTO views (name, filter, by_default) VALUES (?, ?, ?)';
      this.#queries.run(sql, name, JSON.stringify(filter), byDefault ? 1 : 0);
      if (this.#queries.all<{ n: number }>('SELECT count(*) AS n FROM views')[0].n <= MOST_VIEWS) return;
      throw new StudioError({
        code: 'usage',
        message: `a project keeps ${MOST_VIEWS} views at most`,
        remedy: 'Remove one first.',
      });
    });
  }

  remove(name: string): void {
    this.#queries.run('DELETE FROM views WHERE name = ?', name);
  }
}
