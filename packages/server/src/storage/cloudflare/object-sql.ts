import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { integerOf, onlyRow } from '../sql/row.ts';
import type { Migration, RunCall, Sql } from '../sql/sql.ts';
import type { ObjectStorage } from './bindings.ts';

/** The SQLite of a Durable Object. It keeps statements prepared by itself. */
export function createObjectSql(storage: ObjectStorage): Sql {
  return {
    rows: (statement, ...values) =>
      storage.sql
        .exec(statement, ...values)
        .toArray()
        .map(withBytes),
    transact: (work) => storage.transactionSync(work),
  };
}

/** A blob comes as an `ArrayBuffer`. */
function withBytes(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof ArrayBuffer ? new Uint8Array(value) : value,
    ]),
  );
}

/** SQLite ends what it says with the name of the error. The limits of a plan have sentences of their own. */
export const runObjectCall: RunCall = async (work) => {
  try {
    return work();
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    if (said.includes('SQLITE_FULL')) throw new StorageFullError(error);
    if (said.startsWith('Exceeded allowed')) throw new StorageUnavailableError(error);
    throw error;
  }
};

/**
 * Runs the steps that a part of the schema lacks, all in one transaction. The version is in a table, since the number
 * that SQLite keeps in a file for that is not to be had in an object. // SRV-131
 */
export function bringUpToDate(sql: Sql, part: string, migrations: readonly Migration[]): void {
  const { rows, transact } = sql;
  transact(() => {
    rows('CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT');
    rows('INSERT INTO parts (name, version) VALUES (?, 0) ON CONFLICT DO NOTHING', part);
    const version = integerOf(onlyRow(rows('SELECT version FROM parts WHERE name = ?', part)), 'version');
    if (version > migrations.length)
      throw new Error(
        `The ${part} was written by a newer version (schema ${version}, this one knows ${migrations.length}). Deploy that version or a later one.`,
      );
    if (version === migrations.length) return;
    for (const step of migrations.slice(version)) step(sql);
    rows('UPDATE parts SET version = ? WHERE name = ?', migrations.length, part);
  });
}
