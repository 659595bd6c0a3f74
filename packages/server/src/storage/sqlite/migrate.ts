import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';
import { syncFolderNow } from '../disk/sync-folder.ts';
import { transact } from './transaction.ts';

/** Brings a schema from the version of its place in the list to the next. */
export type Migration = (database: DatabaseSync) => void;

/** What becomes of a database with an older schema. Who only reads must not change it under a server. */
export type SchemaPolicy = 'bring up to date' | 'only the newest';

/** Throws `OperatorError` where the schema is newer than is known, or older and not to be changed. // SRV-22 */
export function requireKnownSchema(
  database: DatabaseSync,
  path: string,
  known: number,
  policy: SchemaPolicy,
): void {
  const version = schemaVersion(database);
  if (version > known)
    throw new OperatorError(
      `${path} was written by a newer dataans-server (schema ${version}, this one knows ${known}). Use that version or a later one.`,
    );
  if (version < known && policy === 'only the newest')
    throw new OperatorError(
      `${path} was written by an older dataans-server (schema ${version}, this one has ${known}). Start the server once, which brings it up to date.`,
    );
}

/**
 * Runs the steps that a database lacks, all in one transaction. One that was in use before is copied
 * first, to a file beside it. // SRV-33
 */
export function migrate(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  const before = schemaVersion(database);
  if (before === migrations.length) return;
  if (before > 0) keepCopy(database, path, before);
  transact(database, () => {
    // Another process may have been faster.
    requireKnownSchema(database, path, migrations.length, 'bring up to date');
    for (const step of migrations.slice(schemaVersion(database))) step(database);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** A file of this name is whole: what an interruption left half-written has another one. */
function keepCopy(database: DatabaseSync, path: string, version: number): void {
  const copy = `${path}.before-schema-${version + 1}`;
  const halfWritten = `${copy}.half`;
  rmSync(halfWritten, { force: true });
  const file = openSync(halfWritten, 'wx', 0o600);
  try {
    database.prepare('VACUUM INTO ?').run(halfWritten);
    fsyncSync(file);
    renameSync(halfWritten, copy);
    syncFolderNow(dirname(path));
  } catch (error) {
    rmSync(halfWritten, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
