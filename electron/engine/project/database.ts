import { renameSync, rmSync } from 'node:fs';
import Database from 'libsql';
import { StudioError } from '../../../shared/errors.js';
import { TEMPORARY } from './files.js';

/** Milliseconds to wait for another process's write before giving up. */
const BUSY_TIMEOUT = 10_000;

/** A failure of SQLite as an error that says what a person can do about it; any other error as it is. */
export function databaseError(error: unknown, file: string): unknown {
  if (error instanceof StudioError) return error;
  const { code = '', message = String(error) } = (error ?? {}) as { code?: string; message?: string };
  const as = (kind: StudioError['code'], what: string, remedy: string): StudioError =>
    new StudioError({ code: kind, message: `${what} (${message})`, file, remedy }, { cause: error });
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return as('busy', 'another program is writing to the project', 'Wait for it to finish, then try again.');
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return as(
      'project-damaged',
      'the index of the project is damaged',
      'Put back the latest index.sqlite.v*.bak or a copy of your own, or make the project anew.',
    );
  }
  if (code.startsWith('SQLITE_FULL')) {
    return as('disk-full', 'the disk is full', 'Free some disk space and try again.');
  }
  if (/^SQLITE_(READONLY|CANTOPEN|IOERR)/.test(code) || message.startsWith('ConnectionFailed')) {
    return as(
      'not-writable',
      'the index of the project cannot be opened or written',
      'Check the folder and its permissions.',
    );
  }
  return error;
}

/** Value of a pragma, e.g. `user_version`. */
export function pragma(database: Database.Database, name: string): number {
  return (database.pragma(name) as Record<string, number>[])[0][name];
}

/**
 * Opens an SQLite file in WAL mode, so that readers go on while one process writes, and brings it to the latest schema:
 * `migrations[v]` leads from version v to v + 1. A file that already holds something is copied beside itself
 * (`.v<version>.bak`) first.
 * @throws StudioError project-newer, project-damaged, busy, not-writable, disk-full
 */
export function openDatabase(file: string, migrations: readonly string[]): Database.Database {
  try {
    const database = new Database(file, { timeout: BUSY_TIMEOUT });
    try {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('foreign_keys = ON');
      migrate(database, file, migrations);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw databaseError(error, file);
  }
}

function migrate(database: Database.Database, file: string, migrations: readonly string[]): void {
  const found = pragma(database, 'user_version');
  if (found === migrations.length) return;
  if (found > migrations.length) {
    throw new StudioError({
      code: 'project-newer',
      message: `the project was made by a newer version (index version ${found}, this one knows ${migrations.length})`,
      file,
      remedy: 'Install the latest version of Comask Studio.',
    });
  }
  if (found > 0) backUp(database, `${file}.v${found}.bak`);
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have migrated in between.
    for (let version = pragma(database, 'user_version'); version < migrations.length; version += 1) {
      database.exec(migrations[version]);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    // On a full disk SQLite has rolled back already, and a second time is an error that would hide the first.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A consistent copy even while others read and write, which copying the files would not be in WAL mode. */
function backUp(database: Database.Database, copy: string): void {
  const temporary = `${copy}${TEMPORARY}`;
  rmSync(temporary, { force: true });
  database.prepare('VACUUM INTO ?').run(temporary);
  renameSync(temporary, copy);
}
