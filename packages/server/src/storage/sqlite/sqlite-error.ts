import { StorageFullError } from '../../stores/storage-full.ts';

const sqliteBusy = 5;
const sqliteFull = 13;
/** The shared memory beside the log of the database could not grow. */
const sqliteSharedMemorySize = 4_874;

/** SQLite's own number of an error; `null` where it is none of SQLite's. */
function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}

export function isSqliteBusy(error: unknown): boolean {
  return sqliteCode(error) === sqliteBusy;
}

/** An error of SQLite as ours, where it says that no space is left; else the same error. */
export function asSqliteStorageFull(error: unknown): unknown {
  const code = sqliteCode(error);
  return code === sqliteFull || code === sqliteSharedMemorySize ? new StorageFullError(error) : error;
}
