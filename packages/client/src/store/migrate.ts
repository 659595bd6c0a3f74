import { DataansError } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { readNumber } from './row-values.ts';
import { migrations as allMigrations } from './schema.ts';
import type { Transactions } from './transactions.ts';
import { createWriterRow } from './writer-row.ts';

export interface MigrateOptions {
  readonly randomBytes: (length: number) => Uint8Array;
  /** Copies a database whose schema has this version; see `StoreDependencies`. */
  readonly keepCopy?: ((version: number) => void) | undefined;
  readonly migrations?: readonly string[];
  /** What SQL cannot bring up to date, of a store whose schema was of this version; in the same transaction. */
  readonly finish?: (version: number) => void;
}

/**
 * Brings the schema up to date, all in one transaction, and makes a new store one with a device of its
 * own. One that was in use before is copied first. // STO-7, STO-8, STO-17
 *
 * @throws DataansError `storage-unusable` where a newer program wrote it, or it is something else
 */
export function migrate(
  database: SqlDatabase,
  transactions: Transactions,
  { randomBytes, keepCopy, migrations = allMigrations, finish }: MigrateOptions,
): void {
  const before = readVersion(database);
  if (before === migrations.length) return;
  if (before > 0 && before < migrations.length) keepCopy?.(before);
  transactions.write(() => {
    // Another process may have been faster.
    const version = readVersion(database);
    if (version > migrations.length)
      throw new DataansError('storage-unusable', 'These notes were written by a newer version of Dataans.', {
        advice: 'Update Dataans. Nothing was changed.',
      });
    if (version === 0 && hasTables(database))
      throw new DataansError('storage-unusable', "This database doesn't belong to Dataans.", {
        advice: 'Choose another folder. Nothing was changed.',
      });
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    if (version === 0) createWriterRow(database, randomBytes).startFresh();
    else if (version < migrations.length) finish?.(version);
  });
}

/**
 * Transactions that write nothing where a newer program has changed the schema since: this one would not
 * keep to it. // STO-8
 */
export function keepToSchema(database: SqlDatabase, transactions: Transactions): Transactions {
  const selectVersion = database.prepare('PRAGMA user_version');
  const version = readNumber(selectVersion.get() ?? {}, 'user_version');
  return {
    ...transactions,
    write: (work, durability) =>
      transactions.write(() => {
        if (readNumber(selectVersion.get() ?? {}, 'user_version') !== version)
          throw new DataansError('storage-unusable', 'Dataans was updated while this was running.', {
            advice: 'Start it again. Nothing was changed.',
          });
        return work();
      }, durability),
  };
}

function readVersion(database: SqlDatabase): number {
  return readNumber(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
}

function hasTables(database: SqlDatabase): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}
