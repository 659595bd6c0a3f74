import { DatabaseSync } from 'node:sqlite';
import { DataansError } from '@dataans/core';
import { createPrivateFile } from './private-file.ts';
import { isBusy } from './sqlite-fault.ts';

const begin = {
  alone: 'BEGIN EXCLUSIVE',
  shared: 'BEGIN; SELECT count(*) FROM sqlite_schema', // The transaction keeps what the first read has locked.
} as const;

/**
 * Takes a lock between processes: an SQLite transaction on a file that stays empty. The operating system lets go of it
 * when its holder dies, however that happens.
 *
 * @returns what lets go of it; `null` while somebody else holds it
 */
export function tryLockFile(path: string, how: keyof typeof begin): (() => void) | null {
  createPrivateFile(path);
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw unusable(path, error);
  }
  try {
    database.exec(begin[how]);
    return () => database.close();
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): DataansError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DataansError('storage-unusable', `Can't use ${path}: ${reason}.`, {
    advice: 'Check that the folder exists and that you can write to it.',
    cause,
  });
}
