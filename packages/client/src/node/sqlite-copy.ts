import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explainFileFault } from './file-faults.ts';
import { explainSqliteFault } from './sqlite-fault.ts';
import { syncFolderNow } from './write-file.ts';

/** The files beside a database that are copies of it, whole or not. */
export function listCopies(path: string): readonly string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const beginning = `${basename(path)}.before-schema-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .map((name) => join(folder, name));
}

/**
 * Keeps a copy beside the database, in the place of earlier ones, before its schema of this version changes.
 * A file of this name is whole: what an interruption left half-written has another one. // STO-17
 *
 * @param database an open connection that is in no transaction
 * @throws DataansError `storage-full` where there is no room for two of them, or `storage-unusable`
 */
export function keepCopyBeside(database: DatabaseSync, path: string, version: number, waitMs: number): void {
  const copy = `${path}.before-schema-${version + 1}`;
  const halfWritten = `${copy}.half`;
  // While this one may write nobody else does, so that two processes never copy at once.
  const writer = new DatabaseSync(path, { timeout: waitMs });
  try {
    writer.exec('BEGIN IMMEDIATE');
    if (writer.prepare('PRAGMA user_version').get()?.['user_version'] !== version) return;
    rmSync(halfWritten, { force: true });
    const file = openSync(halfWritten, 'wx', 0o600);
    try {
      database.prepare('VACUUM INTO ?').run(halfWritten);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(halfWritten, copy);
    syncFolderNow(dirname(path));
    for (const other of listCopies(path)) if (other !== copy) rmSync(other);
  } catch (error) {
    rmSync(halfWritten, { force: true });
    const explained = explainSqliteFault(error, path);
    throw explained === error ? explainFileFault(error, copy) : explained;
  } finally {
    writer.close();
  }
}
