import type { Queries } from './queries.js';

/** Which images have a mask in which set, as the folders of the sets were last seen. */
export class MaskFileStore {
  readonly #queries: Queries;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** What was noted as the time of each folder of a set, by its path inside the set. */
  folders(name: string): Map<string, number> {
    const sql = 'SELECT folder, changed_ms FROM mask_folders WHERE name = ?';
    const rows = this.#queries.all<{ folder: string; changed_ms: number }>(sql, name);
    return new Map(rows.map(({ folder, changed_ms }) => [folder, changed_ms]));
  }

  /** Puts the masks of one folder in the place of what was known of it; ids of no image are passed by. */
  replaceFolder(name: string, folder: string, changedMs: number, ids: readonly string[]): void {
    const insert =
      'INSERT OR REPLACE INTO mask_files (name, image, folder) ' +
      'SELECT ?, number, ? FROM images WHERE id IN (SELECT value FROM json_each(?))';
    this.#queries.transaction(() => {
      this.#queries.run('DELETE FROM mask_files WHERE name = ? AND folder = ?', name, folder);
      this.#queries.run(insert, name, folder, JSON.stringify(ids));
      const sql = 'INSERT OR REPLACE INTO mask_folders (name, folder, changed_ms) VALUES (?, ?, ?)';
      this.#queries.run(sql, name, folder, changedMs);
    });
  }

  /** Forgets a folder that is gone. */
  forgetFolder(name: string, folder: string): void {
    this.#queries.transaction(() => {
      this.#queries.run('DELETE FROM mask_files WHERE name = ? AND folder = ?', name, folder);
      this.#queries.run('DELETE FROM mask_folders WHERE name = ? AND folder = ?', name, folder);
    });
  }

  /** Names of the sets in which an image has a mask. */
  setsOf(id: string): string[] {
    const sql = 'SELECT name FROM mask_files JOIN images ON number = image WHERE id = ? ORDER BY name';
    return this.#queries.all<{ name: string }>(sql, id).map(({ name }) => name);
  }
}
