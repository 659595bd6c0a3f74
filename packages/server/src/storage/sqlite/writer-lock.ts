import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';
import { isSqliteBusy } from './sqlite-error.ts';

export interface WriterLock {
  release(): void;
}

/**
 * Keeps every other process off a folder until it is released or the process ends, however it
 * ends: the lock is the operating system's. Throws `OperatorError` with the sentence where another
 * one holds it. // SRV-21
 */
export function lockForWriting(path: string, heldSentence: string): WriterLock {
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isSqliteBusy(error) ? new OperatorError(heldSentence, { cause: error }) : error;
  }
  return { release: () => database.close() };
}
