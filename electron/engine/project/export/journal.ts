import { rm } from 'node:fs/promises';
import type Database from 'libsql';
import { StudioError } from '../../../../shared/errors.js';
import { databaseError, openDatabase } from '../database.js';
import type { ExportEntries, ExportEntry } from './format.js';

const migrations = [
  `
  CREATE TABLE images (
    id TEXT PRIMARY KEY,
    split TEXT,
    source TEXT NOT NULL,
    kept TEXT NOT NULL,
    files TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX images_by_split ON images (split, id);
  CREATE TABLE documents (path TEXT PRIMARY KEY) WITHOUT ROWID;
  `,
];

/** Entries fetched at a time: each may hold the shapes of a large image. */
const PAGE = 50;

/** What is written down of an image that is done. */
export interface DoneImage {
  id: string;
  split: string | null;
  /** Tells whether its mask is still the same file. */
  source: string;
  /** What its format keeps for the documents. */
  kept: unknown;
  /** Paths of its files inside the folder. */
  files: readonly string[];
}

/**
 * The notes of an export: which images are done, what documents need to know of them, and which files are the export's
 * own. An SQLite file, so that they grow on disk, not in memory, and outlive a crash. Throws as Store does.
 */
export class Journal implements ExportEntries<unknown> {
  readonly #database: Database.Database;
  readonly #file: string;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string) {
    this.#file = file;
    try {
      this.#database = openDatabase(file, migrations);
    } catch (error) {
      if (!(error instanceof StudioError) || !/^project-/.test(error.code)) throw error;
      throw new StudioError(
        {
          code: 'file-damaged',
          message: 'the notes of the export cannot be read',
          file,
          remedy: 'Delete the folder of the export, or choose another one.',
        },
        { cause: error },
      );
    }
  }

  /** Source and files of an image that is done, or null. */
  done(id: string): Pick<DoneImage, 'source' | 'files'> | null {
    const [row] = this.#all<{ source: string; files: string }>('SELECT source, files FROM images WHERE id = ?', id);
    return row ? { source: row.source, files: JSON.parse(row.files) as string[] } : null;
  }

  /** Notes an image, in the place of what was noted of it before. */
  add({ id, split, source, kept, files }: DoneImage): void {
    // One statement, and no transaction around it: after a full disk there is nothing to roll back.
    const sql = 'INSERT OR REPLACE INTO images (id, split, source, kept, files) VALUES (?, ?, ?, ?, ?)';
    this.#run(sql, id, split, source, JSON.stringify(kept), JSON.stringify(files));
  }

  /** Notes a file about several images as the export's own. */
  addDocument(path: string): void {
    this.#run('INSERT OR REPLACE INTO documents VALUES (?)', path);
  }

  get splits(): (string | null)[] {
    const rows = this.#all<{ split: string | null }>('SELECT DISTINCT split FROM images ORDER BY split IS NULL, split');
    return rows.map(({ split }) => split);
  }

  async *entries(split?: string | null): AsyncGenerator<ExportEntry<unknown>> {
    const [where, values] = split === undefined ? ['', []] : ['split IS ? AND', [split]];
    const sql = `SELECT id, split, kept FROM images WHERE ${where} id > ? ORDER BY id LIMIT ${PAGE}`;
    for (let after = ''; ;) {
      const rows = this.#all<{ id: string; split: string | null; kept: string }>(sql, ...values, after);
      for (const row of rows) yield { id: row.id, split: row.split, kept: JSON.parse(row.kept) as unknown };
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].id;
    }
  }

  /** Every file that is the export's own. */
  *files(): Generator<string> {
    const sql = `SELECT id, files FROM images WHERE id > ? ORDER BY id LIMIT ${PAGE}`;
    for (let after = ''; ;) {
      const rows = this.#all<{ id: string; files: string }>(sql, after);
      for (const { files } of rows) yield* JSON.parse(files) as string[];
      if (rows.length < PAGE) break;
      after = rows[rows.length - 1].id;
    }
    yield* this.#all<{ path: string }>('SELECT path FROM documents').map(({ path }) => path);
  }

  /** Brings everything into the one file, so that it can be copied with the export. Nothing may be called afterwards. */
  close(): void {
    this.#statements.clear();
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // On a full disk the notes stay in two files, and the error that is told is the one that came first.
    }
    this.#database.close();
  }

  // Parameters go in as one array: a lone null would be taken for named parameters.
  #all<Row>(sql: string, ...parameters: unknown[]): Row[] {
    return this.#guard(() => this.#prepare(sql).all(parameters) as Row[]);
  }

  #run(sql: string, ...parameters: unknown[]): void {
    this.#guard(() => this.#prepare(sql).run(parameters));
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw databaseError(error, this.#file);
    }
  }
}

/** Removes a journal's files. */
export async function removeJournal(file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await rm(`${file}${ending}`, { force: true });
}
