import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { failureOf } from '../disk/disk-error.ts';
import { tryWriting } from '../disk/try-writing.ts';

const sqliteBusy = 5;
const sqliteLocked = 6;
const sqliteReadOnly = 8;
const sqliteIoError = 10;
const sqliteCorrupt = 11;
const sqliteFull = 13;
const sqliteCannotOpen = 14;
const sqliteNotADatabase = 26;
/** The shared memory beside the log of the database could not grow. */
const sqliteSharedMemorySize = 4_874;

const passing: ReadonlySet<number> = new Set([
  sqliteBusy,
  sqliteLocked,
  sqliteReadOnly,
  sqliteIoError,
  sqliteCannotOpen,
]);

/** SQLite's own number of an error, with what it says beyond the kind; `null` where it is none of SQLite's. */
function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}

/** The kind is the lowest byte. */
function sqliteKind(error: unknown): number | null {
  const code = sqliteCode(error);
  return code === null ? null : code & 0xff;
}

export function isSqliteBusy(error: unknown): boolean {
  return sqliteKind(error) === sqliteBusy;
}

/** Whether the file holds something else than a whole database. */
export function isSqliteDamage(error: unknown): boolean {
  const kind = sqliteKind(error);
  return kind === sqliteCorrupt || kind === sqliteNotADatabase;
}

export function isSqliteFull(error: unknown): boolean {
  return sqliteKind(error) === sqliteFull || sqliteCode(error) === sqliteSharedMemorySize;
}

/** An error of SQLite as one that every store has, if it is about the place `folder`; else the same error. */
export async function asSqliteStorageError(error: unknown, folder: string): Promise<unknown> {
  if (isSqliteFull(error)) return new StorageFullError(error);
  const kind = sqliteKind(error);
  if (kind === null || !passing.has(kind)) return error;
  if (kind === sqliteIoError && (await isOutOfSpace(folder))) return new StorageFullError(error);
  return new StorageUnavailableError(error);
}

/** SQLite calls a used-up quota a fault of the disk, and keeps the system's word for it: a write of our own tells. */
async function isOutOfSpace(folder: string): Promise<boolean> {
  try {
    await tryWriting(folder);
    return false;
  } catch (error) {
    return failureOf(error) === 'full';
  }
}
