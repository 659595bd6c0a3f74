import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import { errorText } from '../../system-error.ts';
import { isSqliteDamage } from './sqlite-error.ts';
import type { Migration } from '../sql/sql.ts';
import { migrate, requireKnownSchema, type SchemaPolicy } from './migrate.ts';

/** How long a call waits for another process that writes to the same database. */
const busyTimeoutMs = 5_000;

/**
 * Opens or makes a database in WAL mode where a commit is on the disk when it returns, and brings
 * its schema up to date unless the policy forbids it. // SRV-22
 */
export function openDatabase(
  path: string,
  migrations: readonly Migration[],
  policy: SchemaPolicy = 'bring up to date',
): DatabaseSync {
  createPrivately(path);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    requireKnownSchema(database, path, migrations.length, policy);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database, path, migrations);
  } catch (error) {
    database.close();
    if (isSqliteDamage(error))
      throw new OperatorError(
        `${path} is damaged (${errorText(error)}). Move it aside together with the files that begin with its name, and restore it from a backup.`,
        { exitCode: exitCodes.integrity, cause: error },
      );
    throw error;
  }
  return database;
}

/** SQLite gives its side files the mode of the database. */
function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
