import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';
import { syncFolderNow } from '../disk/sync-folder.ts';
import type { Migration } from '../sql/sql.ts';
import { createSql } from './create-sql.ts';

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
      `${path} was written by a newer dataans-server (schema ${version}, this one knows ${known}). Use that version or a later one.${wayBack(path, known)}`,
    );
  if (version < known && policy === 'only the newest')
    throw new OperatorError(
      `${path} was written by an older dataans-server (schema ${version}, this one has ${known}). Start the server once, which brings it up to date.`,
    );
}

/**
 * Runs the steps that a database lacks, all in one transaction. One that was in use before is copied
 * first, to a file beside it, which takes the place of the copies from before. // SRV-33
 */
export function migrate(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  const before = schemaVersion(database);
  if (before === migrations.length) return;
  if (before > 0) keepCopy(database, path, before);
  const sql = createSql(database);
  sql.transact(() => {
    // Another process may have been faster.
    requireKnownSchema(database, path, migrations.length, 'bring up to date');
    for (const step of migrations.slice(schemaVersion(database))) step(sql);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
  // Not before the upgrade is good: until then each may be the way back.
  for (const copy of listCopies(path)) if (copy.version < before) rmSync(copy.path, { force: true });
}

interface Copy {
  readonly path: string;
  /** The schema of the database in it. */
  readonly version: number;
}

/** The whole copies beside a database. */
function listCopies(path: string): readonly Copy[] {
  const beginning = `${basename(path)}.before-schema-`;
  return readdirSync(dirname(path)).flatMap((name) => {
    const next = name.startsWith(beginning) ? name.slice(beginning.length) : '';
    return /^\d+$/.test(next) ? [{ path: join(dirname(path), name), version: Number(next) - 1 }] : [];
  });
}

/** How to go on with a version that knows less; nothing if no copy is left for it. // SRV-22 */
function wayBack(path: string, known: number): string {
  const copy = listCopies(path)
    .filter(({ version }) => version <= known)
    .toSorted((left, right) => right.version - left.version)[0];
  return copy === undefined
    ? ''
    : ` To stay with this one, stop the server, move ${path}, ${path}-wal and ${path}-shm aside and rename ${copy.path}, the copy from before the upgrade, to ${path}. Your devices then send what is newer.`;
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
