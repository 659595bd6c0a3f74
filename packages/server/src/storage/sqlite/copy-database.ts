import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { asSqliteStorageError } from './sqlite-error.ts';

/** Pages of 4 KiB that are copied between two looks at the progress. */
const pagesAtOnce = 1_000;

/**
 * Copies a database as it is at one moment into a new file, while others go on writing to it: the
 * read transaction holds the moment, without it each of their writes would begin the copy anew.
 */
export async function copyDatabase(
  from: string,
  to: string,
  onCopied: (done: number, total: number) => void,
): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600));
  const source = new DatabaseSync(from);
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, {
      rate: pagesAtOnce,
      progress: ({ totalPages, remainingPages }) => onCopied(totalPages - remainingPages, totalPages),
    });
  } catch (error) {
    throw await asSqliteStorageError(error, dirname(to));
  } finally {
    source.close();
  }
}
