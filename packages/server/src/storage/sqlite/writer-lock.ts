import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';

const sqliteBusy = 5;

interface WriterLock {
  release(): void;
}

/**
 * Keeps every other server off a data folder until it is released or the process ends, however it
 * ends: the lock is the operating system's. // SRV-21
 */
export function lockForWriting(path: string): WriterLock {
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy)
      throw new OperatorError(
        'Another dataans-server is running on this data folder: stop it first, or set DATAANS_DATA to another folder.',
        { cause: error },
      );
    throw error;
  }
  return { release: () => database.close() };
}
