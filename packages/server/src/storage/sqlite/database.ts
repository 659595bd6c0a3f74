import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';
import { transact } from './transaction.ts';

/** Brings a schema from the version of its place in the list to the next. */
export type Migration = (database: DatabaseSync) => void;

/** How long a call waits for another process that writes to the same database. */
const busyTimeoutMs = 5_000;

/**
 * Opens or makes a database in WAL mode where a commit is on the disk when it returns, and brings
 * its schema up to date in one transaction. Refuses a schema newer than it knows. // SRV-22
 */
export function openDatabase(path: string, migrations: readonly Migration[]): DatabaseSync {
  createPrivately(path);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database, path, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** SQLite gives its side files the mode of the database. */
function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

function migrate(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  if (schemaVersion(database) === migrations.length) return;
  transact(database, () => {
    const version = schemaVersion(database);
    if (version > migrations.length)
      throw new OperatorError(
        `${path} was written by a newer dataans-server (schema ${version}, this one knows ${migrations.length}): start that version or a later one.`,
      );
    for (const step of migrations.slice(version)) step(database);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
