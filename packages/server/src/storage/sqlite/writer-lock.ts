import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../operator-error.ts';
import { isSqliteBusy, isSqliteDamage } from './sqlite-error.ts';

export interface WriterLock {
  release(): void;
}

export interface WriterLockOptions {
  /** The file that is locked, made where it is missing. */
  readonly path: string;
  /** Why not, and what to do, where another process holds the lock. */
  readonly heldSentence: string;
  /** A database that whoever holds the lock has open all the time: it gives them away if the file was removed. */
  readonly openWhileHeld?: string;
}

/**
 * Keeps every other process off a folder until it is released or the process ends, however it
 * ends: the lock is the operating system's. Throws `OperatorError` where another one holds it. // SRV-21
 */
export function lockForWriting({ path, heldSentence, openWhileHeld }: WriterLockOptions): WriterLock {
  const isNew = !existsSync(path);
  const lock = lockExclusively(path, heldSentence);
  if (!isNew || openWhileHeld === undefined || !existsSync(openWhileHeld) || !isOpen(openWhileHeld))
    return lock;
  // Else the next one would find a lock and take it for the one of us all.
  lock.release();
  rmSync(path, { force: true });
  throw new OperatorError(
    `${path} was removed while a program has ${openWhileHeld} open. ${heldSentence} If it is a backup or a check, wait for it.`,
  );
}

function lockExclusively(path: string, heldSentence: string): WriterLock {
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isSqliteBusy(error)) throw new OperatorError(heldSentence, { cause: error });
    if (isSqliteDamage(error))
      throw new OperatorError(
        `${path} is damaged. Nothing is stored in it. Check that no dataans-server is using this folder, remove the file, and try again.`,
        { cause: error },
      );
    throw error;
  }
  return { release: () => database.close() };
}

/** A connection in WAL mode holds a lock on its database as long as it lasts, so that nobody has all of it alone. */
function isOpen(path: string): boolean {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    return isSqliteBusy(error);
  } finally {
    database.close();
  }
}
