import type { DatabaseSync } from 'node:sqlite';
import { StorageFullError } from '../storage-full.ts';

/** Runs one write transaction: what it throws undoes all of it. */
export function transact<Result>(database: DatabaseSync, work: () => Result): Result {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some failures, a full disk among them.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw isFull(error) ? new StorageFullError(error) : error;
  }
}

const sqliteFull = 13;
/** The shared memory beside the log of the database could not grow. */
const sqliteSharedMemorySize = 4_874;

function isFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    (error.errcode === sqliteFull || error.errcode === sqliteSharedMemorySize)
  );
}
