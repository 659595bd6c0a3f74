import { hash } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { DataansError } from '@dataans/core';
import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from '../platform/sql-database.ts';
import { createPrivateFile } from './private-file.ts';
import { keepCopyBeside } from './sqlite-copy.ts';
import { explainSqliteFault, isReadOnlyFault } from './sqlite-fault.ts';
import { createWalFlush, type WalFlush } from './wal-flush.ts';
import { switchToWal } from './wal-mode.ts';

/** How long a call waits for another process to end its transaction. */
const busyTimeoutMs = 30_000;
/** Of a new file. Larger pages mean fewer of them rewritten for ids in random order. */
const pageBytes = 8_192;
const cacheKiB = 16 * 1_024;
/** Pages in the write-ahead log before it is folded into the file: 16 MiB. */
const checkpointPages = 2_000;

export interface SqliteFile extends SqlDatabase {
  /** Keeps a copy of the file beside it, before its schema of this version changes; none of another version. // STO-17 */
  keepCopy(version: number): void;
}

/**
 * The SQLite file at `path`, made readable and writable for its owner only where it does not exist.
 * What is committed is on disk. Whatever is wrong with a file, it is never replaced. // STO-9
 *
 * @throws DataansError `storage-unusable`, `storage-full` or `busy`, here and from every statement
 */
export function openSqlite(path: string): SqliteFile {
  createPrivateFile(path);
  const database = openConfigured(path);
  return {
    ...wrapDatabase(database, path, createWalFlush(path)),
    keepCopy: (version) => keepCopyBeside(database, path, version, busyTimeoutMs),
  };
}

/**
 * The SQLite file at `path` for reading alone, in a place that cannot be written. What would write throws `reason`.
 *
 * @param reason why it could not be opened for writing
 * @throws DataansError where it cannot be read either
 */
export function openReadOnlySqlite(path: string, reason: DataansError): SqlDatabase {
  const database = openForReading(path);
  if (database === null) throw reason;
  const explain = (error: unknown): unknown => (isReadOnlyFault(error) ? reason : error);
  return wrapDatabase(database, path, null, explain);
}

/** As it is shared with others, else, if there is no room to share it and nothing waits beside it, alone. */
function openForReading(path: string): DatabaseSync | null {
  const alone = pathToFileURL(path);
  alone.searchParams.set('immutable', '1');
  for (const place of statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ? [path] : [path, alone]) {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(place, { readOnly: true, timeout: busyTimeoutMs });
      database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
      return database;
    } catch {
      database?.close();
    }
  }
  return null;
}

/** A database that is gone when it is closed. */
export function openMemorySqlite(): SqlDatabase {
  return wrapDatabase(new DatabaseSync(':memory:'), 'The database in memory', null);
}

function wrapDatabase(
  database: DatabaseSync,
  path: string,
  flush: WalFlush | null,
  explainFirst: (error: unknown) => unknown = (error) => error,
): SqlDatabase {
  database.function('sha256', { deterministic: true }, sha256);
  const explain: Explain = (error) => explainSqliteFault(explainFirst(error), path);
  const explained = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw explain(error);
    }
  };
  return {
    exec: (sql) => explained(() => database.exec(sql)),
    prepare: (sql) => explained(() => wrapStatement(database.prepare(sql), explain)),
    beginFlush: () => flush?.begin(),
    close: () => {
      flush?.end();
      if (database.isOpen) database.close();
    },
  };
}

function sha256(bytes: unknown): Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('Only bytes have a SHA-256.');
  return hash('sha256', bytes, 'buffer');
}

function openConfigured(path: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    database.exec(`PRAGMA page_size = ${pageBytes}`);
    switchToWal(database, busyTimeoutMs);
    database.exec('PRAGMA synchronous = FULL');
    database.exec(`PRAGMA cache_size = -${cacheKiB}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    database.exec(`PRAGMA journal_size_limit = ${checkpointPages * pageBytes}`);
    return database;
  } catch (error) {
    database?.close();
    throw explainSqliteFault(error, path);
  }
}

/** What a person is told of a fault of SQLite; what is a mistake of the program comes back as it is. */
type Explain = (error: unknown) => unknown;

function wrapStatement(statement: StatementSync, explain: Explain): SqlStatement {
  // `run` reads the last row id too, and the full-text index numbers rows beyond what a number holds.
  if (statement.columns().length === 0) statement.setReadBigInts(true);
  return {
    run: (...parameters) => {
      try {
        return { changes: Number(statement.run(...parameters).changes) };
      } catch (error) {
        throw explain(error);
      }
    },
    get: (...parameters) => {
      try {
        return statement.get(...parameters) as SqlRow | undefined; // Columns are SQLite's five types.
      } catch (error) {
        throw explain(error);
      }
    },
    all: (...parameters) => {
      try {
        return statement.all(...parameters) as unknown as readonly SqlRow[]; // Columns are SQLite's five types.
      } catch (error) {
        throw explain(error);
      }
    },
    iterate: (...parameters) => iterateRows(statement, parameters, explain),
  };
}

function* iterateRows(
  statement: StatementSync,
  parameters: readonly SqlValue[],
  explain: Explain,
): IterableIterator<SqlRow> {
  try {
    for (const row of statement.iterate(...parameters)) yield row as SqlRow; // Columns are SQLite's five types.
  } catch (error) {
    throw explain(error);
  }
}
